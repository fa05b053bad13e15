"""What was sent changes or goes: edits, deletions, answers to presses."""

from __future__ import annotations

from bot.clock import HOUR
from bot.sandbox import words
from bot.sandbox.bots import Chat
from bot.sandbox.message import JSON, Message
from bot.sandbox.methods.request import Request
from bot.sandbox.refusal import bad
from bot.sandbox.shapes import shape_message

DELETABLE = 48 * HOUR
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(request: Request) -> JSON:
    new = words.check_text(request.text())
    chat, message = _editable(request)
    if message.media is not None or message.pin is not None:
        raise bad("there is no text in the message to edit")
    return _edit(request, chat, message, new)


def edit_caption(request: Request) -> JSON:
    new = words.check_caption(request.text("caption"))
    chat, message = _editable(request)
    if message.media is None:
        raise bad("there is no caption in the message to edit")
    return _edit(request, chat, message, new)


def edit_markup(request: Request) -> JSON:
    chat, message = _editable(request)
    return _edit(request, chat, message, (message.text, message.entities))


def _editable(request: Request) -> tuple[Chat, Message]:
    chat = request.chat()
    message = request.own_message(chat)
    # A message that brought a reply keyboard can never be edited.
    if message.keys is not None or message.forward is not None:
        raise bad("message can't be edited")
    return chat, message


def _edit(request: Request, chat: Chat, message: Message, new: words.Words) -> JSON:
    markup = request.markup(chat)
    if markup.keys is not None or markup.removes:
        raise bad("inline keyboard expected")
    if (message.text, message.entities, message.rows) == (*new, markup.rows):
        raise bad(_SAME)
    if chat.kind != "private":
        request.platform.limiter.check(request.bot.id, str(chat.id), group=True)
    message.edits.append(message.text)
    (message.text, message.entities), message.rows = new, markup.rows
    message.edited_at = request.platform.clock.now()
    request.platform.arrived(request.bot, message, "edited")
    return shape_message(request.platform, request.bot, message)


def delete_message(request: Request) -> bool:
    """Own messages, and in private chats the person's too, within 48 hours."""
    chat = request.chat()
    message = chat.messages.get(request.params.integer("message_id") or 0)
    if message is None or message.deleted:
        raise bad("message to delete not found")
    old = request.platform.clock.now() - message.date > DELETABLE
    if old or not (message.by_bot or chat.kind == "private"):
        raise bad("message can't be deleted")
    message.deleted = True
    request.platform.tell("deleted", message=message)
    return True


def answer_callback(request: Request) -> bool:
    """Stops the button's spinning, with a toast or an alert of up to 200 units."""
    text = request.params.text("text") or ""
    if words.utf16(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    press = request.bot.take_press(request.params.text("callback_query_id") or "")
    alert, person = request.params.flag("show_alert"), request.platform.people[press.person_id]
    press.settle("" if request.platform.profile.poor and person.old_client else text, alert)
    request.platform.tell("toast", person=press.person_id, text=press.toast, alert=alert)
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback,
}
