"""What a handler gets: the work of this update, the city, and how to speak to who wrote."""

from __future__ import annotations

from typing import Any, cast

from telegram import TelegramObject, Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.actions.city import City
from bot.store.person import Person
from bot.store.work import Work
from bot.talk import buttons
from bot.talk.buttons import Press
from bot.talk.menu import main_menu
from bot.talk.rich import Rich
from bot.talk.screen import Keys, Screen


class CityApplication(Application[Any, "Context", Any, Any, Any, Any]):
    """python-telegram-bot's application of one channel, with the work that intake has in hand.

    `work` is set by intake before each `process_update`; updates of a channel are handled one after another.
    """

    city: City
    work: Work
    channel: str

    __slots__ = ("channel", "city", "work")


class Context(CallbackContext[ExtBot[None], Any, Any, Any]):
    """Handlers read and stage through `work`; they hold no connection and never touch the network."""

    __slots__ = ("city", "press", "reader", "work")

    def __init__(self, application: CityApplication, chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.work = application.work
        self.city = application.city
        self.press = Press("", 0, "")
        if self.work.who is not None:
            self.reader = self.city.reader(self.work.who)

    @property
    def person(self) -> Person:
        return self.work.person

    @property
    def channel(self) -> str:
        return cast(CityApplication, self.application).channel

    @property
    def bot_key(self) -> str:
        """The bot to which file ids of this update belong: "telegram:123456"."""
        return f"{self.channel}:{self.application.bot.id}"

    def read_again(self) -> None:
        """After the person's language or manner changed: speak to them the new way."""
        self.reader = self.city.reader(self.person)

    def menu(self) -> Keys:
        """This person's main menu."""
        person = self.person
        return main_menu(self.reader, person.roles, desk=bool(person.official_view))

    def say(self, screen: Screen, *, collapse: str = "", case: int | None = None, after: int = 0) -> None:
        """Answer who wrote, with a new message."""
        self.work.say(screen, collapse=collapse, case=case, after=after)

    def tell(self, text: str, /, **args: Any) -> None:
        """Answer with one text of the pack, and the main menu under it."""
        self.say(self.reader.screen(self.reader.rich(text, **args), keys=self.menu()))

    def show(self, update: Update, screen: Screen, *, case: int | None = None) -> None:
        """Answer in place: change the message whose button was pressed; without a press, a new message.

        A message about a case is never changed into one about something else: people reply to it.
        """
        query = update.callback_query
        message = query.message if query else None
        self.work.say(screen, edit=message.message_id if message else 0, case=case)

    def rich(self, text: str, /, **args: Any) -> Rich:
        return self.reader.rich(text, **args)


def lighten() -> None:
    """Take python-telegram-bot's guard against changing its objects off; nobody here changes one.

    The guard runs at each attribute of each object of an update: parsing takes 50 microseconds without it and 90 with
    it, a tenth of all that an update costs. A test holds that parsing stays the same, and that there is a guard.
    """
    setattr(TelegramObject, "__setattr__", object.__setattr__)  # noqa: B010 - mypy does not let a method be assigned


def read_press(update: Update) -> Press | None:
    """The press of a callback query, or None where its data is not ours."""
    return buttons.read(update.callback_query.data) if update.callback_query else None
