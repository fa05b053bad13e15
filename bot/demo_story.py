"""The story that the demo plays by itself: a lamp beside a park, from the report to the citizen's last word.

Each step stands alone: whose phone, what is told about it, what is done there. Captions and labels are Persian, as the
page and the people in it are.
"""

from __future__ import annotations

from bot.demo_pictures import dark_street, lit_street, street_with_loose_wire
from bot.sandbox.person import Person
from bot.sandbox.story import PATIENCE, Step, presses, says, sends_photo, sends_pin

SARA, NARGES, ARASH, PARVIN = "citizen-telegram", "dispatcher", "officer", "manager"
DEPARTMENT = "green"  # of the demo's officer and manager: parks, where the lamp stands
PERSIAN = "فارسی"


def make_story(lat: float, lon: float) -> tuple[Step, ...]:
    """The steps, with the lamp near this place (the middle of the town)."""
    return (*_reported(lat, lon), *_first_try(), *_second_try())


def _reported(lat: float, lon: float) -> tuple[Step, ...]:
    return (
        Step(SARA, "سارا ربات شهرداری را باز می‌کند و فارسی را برمی‌گزیند.", _opens),
        Step(
            SARA,
            "از چراغ خاموش پارک عکس می‌گیرد و با واژه‌های خودش می‌نویسد چه شده است.",
            sends_photo(dark_street, "چراغ کنار پارک کوچهٔ ما سه شب است خاموش است"),
        ),
        Step(SARA, "جای چراغ را روی نقشه نشان می‌دهد.", sends_pin(lat + 0.0008, lon - 0.0011, after="کدام؟")),
        Step(SARA, "ربات موضوع را حدس زده است؛ سارا تأیید می‌کند.", presses("چراغ خیابان")),
        Step(SARA, "گزارش را یک بار می‌بیند و ثبت می‌کند. کد رهگیری همان دم می‌رسد.", _submits),
        Step(
            NARGES,
            "گوشی نرگس در مرکز ۱۳۷ زنگ خورده است؛ گزارش را باز می‌کند.",
            presses("دیدن گزارش", under="🆕"),
        ),
        Step(NARGES, "چراغ در پارک است: نرگس آن را به واحد مسئول می‌فرستد.", presses("ارجاع")),
        Step(NARGES, "واحد را از فهرست برمی‌گزیند. به سارا خبر می‌رسد.", presses("فضای سبز")),
    )


def _first_try() -> tuple[Step, ...]:
    return (
        Step(
            ARASH,
            "گزارش به گوشی آرش، کارشناس فضای سبز، رسیده است؛ با عکس و جا.",
            presses("دیدن گزارش", under="🆕"),
        ),
        Step(ARASH, "کار را می‌پذیرد. به سارا خبر می‌رسد که رسیدگی آغاز شد.", presses("می‌پذیرم")),
        Step(ARASH, "چراغ تعمیر شد؛ آرش «انجام شد» را می‌زند.", presses("انجام شد")),
        Step(
            ARASH,
            "«انجام شد» بی‌عکس پذیرفته نیست: عکس پس از کار را با یک جمله می‌فرستد.",
            sends_photo(street_with_loose_wire, "لامپ سوختهٔ تیر عوض شد و چراغ روشن است.", after="عکس پس از کار"),
        ),
        Step(SARA, "حرف آخر با شهروند است. سارا نگاه می‌کند و می‌گوید نیمه‌کاره مانده است.", presses("نیمه‌کاره ماند")),
        Step(
            SARA,
            "در یک جمله می‌گوید چه مانده است. گزارش با همان کد دوباره باز شده است.",
            says("چراغ روشن شد، ولی سیم آن از تیر آویزان مانده است", after="دوباره باز شد"),
        ),
    )


def _second_try() -> tuple[Step, ...]:
    return (
        Step(
            PARVIN,
            "هر «نه» به مدیر می‌رسد: پروین حرف سارا را می‌خواند.",
            presses("دیدن گزارش", under="نیمه‌کاره"),
        ),
        Step(PARVIN, "کارهای دیگر کارت را باز می‌کند …", presses("کارهای دیگر")),
        Step(PARVIN, "… تا کار را به یک همکار بسپارد.", presses("سپردن به همکار")),
        Step(PARVIN, "پروین کار را دوباره به آرش می‌سپارد.", presses("آرش")),
        Step(ARASH, "آرش گزارش را دوباره باز می‌کند.", presses("دیدن گزارش", under="سپرد")),
        Step(ARASH, "می‌پذیرد.", presses("می‌پذیرم")),
        Step(ARASH, "این بار سیم هم بسته شد.", presses("انجام شد")),
        Step(
            ARASH,
            "عکس تازه و جملهٔ تازه.",
            sends_photo(lit_street, "سیم آویزان با بست به تیر محکم شد؛ چراغ هم روشن است.", after="عکس پس از کار"),
        ),
        Step(SARA, "سارا تأیید می‌کند که مشکل حل شد. هیچ‌کس دیگری نمی‌تواند گزارش را ببندد.", presses("حل شد")),
        Step(SARA, "و به کار نمره می‌دهد: پنج از پنج.", presses("۵")),
    )


async def _submits(person: Person) -> None:
    """Somebody may have reported a lamp near there before: Sara's is another one."""
    while True:
        message = await person.answer(PATIENCE)
        if any("ثبت نهایی" in label for label in message.buttons):
            person.presses("ثبت نهایی", message)
            return
        if any("فرق دارد" in label for label in message.buttons):
            person.presses("فرق دارد", message)


async def _opens(person: Person) -> None:
    """Whoever was here before is not asked for the language again, and puts away what they had begun to write."""
    person.starts()
    first = await person.answer(PATIENCE)
    if any(PERSIAN in label for label in first.buttons):
        person.presses(PERSIAN, first)
    else:
        person.says("/cancel")
