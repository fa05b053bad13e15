"""What editors do to projects and programmes, by tapping what they see."""

from __future__ import annotations

from bot.sandbox.message import Message
from bot.sandbox.person import Person


async def opens_list(editor: Person, button: str) -> Message:
    """The page of admins and editors, then one of its lists."""
    if "🛠 مدیریت" not in [key for row in editor.keyboard for key in row]:
        editor.types_key("🗂 میز کار")
        await editor.answer()
    editor.types_key("🛠 مدیریت")
    await editor.sees(button)
    editor.presses(button)
    return await editor.sees("➕ مورد تازه")


async def makes_project(editor: Person, title: str, words: str = "") -> Message:
    """A draft; answers its card."""
    await opens_list(editor, "✏️ پروژه‌ها")
    editor.presses("➕ مورد تازه")
    await editor.sees("عنوان را")
    editor.says(title)
    await editor.sees("متن را بنویسید")
    if words:
        editor.says(words)
    else:
        editor.presses("رد شدن")
    return await editor.sees("پیش‌نویس")


async def publishes(editor: Person) -> Message:
    """From a card on the screen; answers the card."""
    editor.presses("👁 پیش‌نمایش و انتشار")
    await editor.sees("📢 انتشار")
    editor.presses("📢 انتشار")
    return await editor.sees("✅ منتشر شد")


async def edits(editor: Person, field: str, *answers: str) -> Message:
    """One field of the card on the screen, typed."""
    editor.presses(field)
    await editor.answer()
    for answer in answers:
        editor.says(answer)
        said = await editor.answer()
    return said


async def makes_programme(editor: Person, title: str, when: str, place: str = "سالن شهر") -> Message:
    """A draft without a pin; answers its card."""
    await opens_list(editor, "✏️ برنامه‌ها")
    editor.presses("➕ مورد تازه")
    await editor.sees("عنوان را")
    editor.says(title)
    await editor.sees("چه روز و ساعتی")
    editor.says(when)
    await editor.sees("جا را بنویسید")
    editor.says(place)
    await editor.sees("اگر نقشه هم")
    editor.presses("رد شدن")
    return await editor.sees("پیش‌نویس")


async def opens_city(citizen: Person, button: str, words: str) -> Message:
    """The page "our city", then one of its lists."""
    citizen.types_key("🏙 شهر ما")
    await citizen.sees(button)
    citizen.presses(button)
    return await citizen.sees(words)
