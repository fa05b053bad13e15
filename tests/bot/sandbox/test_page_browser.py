"""The chat page in real Chromium: a messenger that one can use, by finger and by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from tests.bot.sandbox.browser_rig import INLINE, opened, update_of
from tests.bot.sandbox.page_rig import Rig
from tests.page import DemoPage, Scheme, chromium

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

KEYS = {"keyboard": [["گزارش", "پیگیری"], [{"text": "جای من", "request_location": True}]]}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this module, which share its loop."""
    async with chromium() as browser:
        yield browser


class TestChat:
    async def test_an_empty_chat_offers_to_start(self, browser: Browser) -> None:
        async with opened(browser, started=False) as (served, page):
            alice = page.phone("alice")
            await expect(alice.at.locator("textarea")).to_be_hidden()
            await alice.start()
            assert (await update_of(served, alice))["message"]["text"] == "/start"
            await expect(alice.at.locator("textarea")).to_be_focused()

    async def test_enter_sends_and_shift_enter_begins_a_line(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            box = alice.at.locator("textarea")
            await box.press_sequentially("یک")
            await box.press("Shift+Enter")
            await box.press_sequentially("دو")
            await box.press("Enter")
            assert (await update_of(served, alice))["message"]["text"] == "یک\nدو"
            await expect(box).to_have_value("")

    async def test_what_looks_like_html_is_shown_as_it_was_written(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            nasty = '<img src=x onerror="alert(1)"><b>x</b> "&amp;'
            await page.phone("alice").type(nasty)
            await served.says("bahar", nasty)
            for key in ("alice", "bahar"):
                shown = page.phone(key).at.locator(".text", has_text="onerror")
                await expect(shown).to_have_text(nasty)
                assert await shown.locator("img, b").count() == 0

    async def test_markup_becomes_bold_words_links_and_a_code_that_copies(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            text = '<b>کد <i>شما</i></b>: <code>۴۷۲۹ ۱۵۳۸</code> <a href="https://example.org/a">نشانی</a> 🙂 /help'
            await served.says("alice", text, parse_mode="HTML")
            shown = await page.phone("alice").sees("کد شما")
            assert await shown.locator("strong").inner_text() == "کد شما"
            assert await shown.locator("strong em").inner_text() == "شما"
            assert await shown.locator("a").get_attribute("href") == "https://example.org/a"
            assert await shown.locator("a").get_attribute("rel") == "noopener noreferrer"
            await shown.locator(".code").click()
            await expect(page.page.locator("body > .toasts")).to_contain_text("کپی شد")
            assert await page.page.evaluate("navigator.clipboard.readText()") == "۴۷۲۹ ۱۵۳۸"
            await shown.locator(".command").click()
            assert (await update_of(served, page.phone("alice")))["message"]["text"] == "/help"

    @pytest.mark.parametrize("key", ["alice", "bahar"])
    @pytest.mark.parametrize("line", ["\u2068{}\u2069", "روشنایی خیابان — \u2068{}\u2069"])
    async def test_a_code_reads_from_the_left_wherever_it_stands(self, browser: Browser, key: str, line: str) -> None:
        async with opened(browser) as (served, page):
            code = "<code>۴۷۲۹ ۱۵۳۸</code>" if key == "alice" else "```۴۷۲۹ ۱۵۳۸```"
            await served.says(key, f"کد رهگیری شما:\n{line.format(code)}", parse_mode="HTML")
            await page.phone(key).sees("۱۵۳۸")
            lefts = (
                await page.phone(key)
                .at.locator(".code, .pre")
                .evaluate(
                    """(element) => [0, 5].map((at) => {
                    const range = new Range();
                    const letters = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
                    range.setStart(letters, at);
                    range.setEnd(letters, at + 4);
                    return range.getBoundingClientRect().left;
                })"""
                )
            )
            assert lefts[0] < lefts[1]

    async def test_a_link_to_this_bot_starts_it_with_what_the_link_carries(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await served.says("alice", '<a href="https://t.me/shahr137_bot?start=c-lamp">گزارش</a>', parse_mode="HTML")
            await (await page.phone("alice").sees("گزارش")).locator("a").click()
            assert (await update_of(served, page.phone("alice")))["message"]["text"] == "/start c-lamp"

    async def test_the_arrow_up_edits_the_last_own_message(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await alice.type("خیابن")
            await served.heard("alice")
            await expect(alice.at.locator(".mine").last).to_contain_text("خیابن")
            box = alice.at.locator("textarea")
            await box.press("ArrowUp")
            await expect(box).to_have_value("خیابن")
            await alice.type("خیابان")
            assert (await update_of(served, alice))["edited_message"]["text"] == "خیابان"
            await expect(alice.at.locator(".mine").last).to_contain_text("ویرایش‌شده")

    async def test_a_message_is_answered_and_escape_gives_that_up(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice, question = page.phone("alice"), await served.says("alice", "کجا؟")
            tools = (await alice.sees("کجا؟")).locator(".tools button")
            await tools.first.click()
            await expect(alice.at.locator(".context")).to_contain_text("کجا؟")
            await alice.at.locator("textarea").press("Escape")
            await expect(alice.at.locator(".context")).to_be_hidden()
            await tools.first.click()
            await alice.type("میدان")
            assert (await update_of(served, alice))["message"]["reply_to_message"]["message_id"] == question
            await expect(alice.at.locator(".mine .quote")).to_contain_text("کجا؟")


class TestKeyboards:
    async def test_a_button_waits_until_its_press_is_answered(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await served.says("alice", "درست است؟", reply_markup=INLINE)
            await alice.press("بله")
            waiting = alice.at.locator(".inline-button[aria-busy=true]")
            await expect(waiting).to_have_text("بله")
            query = (await update_of(served, alice))["callback_query"]
            assert query["data"] == "y"
            await served.calls("telegram", "answerCallbackQuery", callback_query_id=query["id"], text="نوشته شد")
            await expect(alice.at.locator(".toast")).to_have_text("نوشته شد")
            await expect(waiting).to_have_count(0)

    async def test_an_alert_must_be_closed(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await served.says("alice", "؟", reply_markup=INLINE)
            await alice.press("نه")
            number = (await update_of(served, alice))["callback_query"]["id"]
            await served.calls("telegram", "answerCallbackQuery", callback_query_id=number, text="مهم", show_alert=True)
            await expect(page.page.locator("#alert")).to_contain_text("مهم")
            await page.page.keyboard.press("Enter")
            await expect(page.page.locator("#alert")).to_be_hidden()

    async def test_an_edited_message_changes_in_place_and_keeps_the_focus(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            number = await served.says("alice", "یک", reply_markup=INLINE)
            await served.says("alice", "آخر")
            await alice.sees("آخر")
            await alice.at.locator(".inline-button").first.focus()
            person = served.person("alice")
            markup = {"inline_keyboard": [[{"text": "تازه", "callback_data": "z"}]]}
            await served.calls(
                "telegram", "editMessageText", chat_id=person.id, message_id=number, text="دو", reply_markup=markup
            )
            await expect(alice.at.locator(".inline-button")).to_have_text(["تازه"])
            await expect(alice.at.locator(".inline-button")).to_be_focused()
            assert [text.split("\n")[0] for text in await alice.at.locator(".theirs .text").all_inner_texts()] == [
                "دو",
                "آخر",
            ]

    async def test_an_address_button_opens_that_address_and_a_copy_button_copies(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            row = [{"text": "راهنما", "url": "https://example.org/"}, {"text": "کد", "copy_text": {"text": "۴۷۲۹"}}]
            await served.says("alice", "؟", reply_markup={"inline_keyboard": [row]})
            links = (await page.phone("alice").sees("؟")).locator("a.inline-button")
            assert await links.get_attribute("href") == "https://example.org/"
            await page.phone("alice").press("کد")
            await expect(page.page.locator("body > .toasts")).to_contain_text("کپی شد")
            assert await page.page.evaluate("navigator.clipboard.readText()") == "۴۷۲۹"

    async def test_no_link_can_run_a_script(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await served.says("bahar", "[بزنید](javascript:alert`1`) و [این](ble.ir/shahr)")
            links = (await page.phone("bahar").sees("بزنید")).locator(".text a")
            found = [await each.get_attribute("href") for each in await links.all()]
            assert found == ["https://javascript:alert`1`", "https://ble.ir/shahr"]

    async def test_what_is_deleted_goes_also_from_an_album(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            person = served.person("alice")
            first, second = person.sends_album([b"\xff\xd8\xff", b"\xff\xd8\xff"], "دو")
            number = await served.says("alice", "پاک می‌شود")
            await page.phone("alice").sees("پاک می‌شود")
            for message in (number, first.id):
                await served.calls("telegram", "deleteMessage", chat_id=person.id, message_id=message)
            await expect(page.phone("alice").at.locator(".theirs")).to_have_count(0)
            await expect(page.phone("alice").at.locator(".photo")).to_have_count(1)
            assert second.id in person.chat.messages

    async def test_the_bots_keyboard_stands_as_sent_and_its_keys_type(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await served.says("alice", "منو", reply_markup=KEYS)
            rows = alice.at.locator(".keys .row")
            await expect(rows).to_have_count(2)
            left, right = await rows.first.locator("button").all()
            assert await left.inner_text() == "گزارش"
            first, second = await left.bounding_box(), await right.bounding_box()
            assert first is not None
            assert second is not None
            assert first["x"] < second["x"]
            await alice.key_press("پیگیری")
            assert (await update_of(served, alice))["message"]["text"] == "پیگیری"
            await served.says("alice", "تمام", reply_markup={"remove_keyboard": True})
            await expect(rows.first).to_be_hidden()


class TestThings:
    async def test_a_sample_picture_goes_with_its_caption(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await alice.sample("lamp", caption="چراغ خاموش")
            message = (await update_of(served, alice))["message"]
            assert message["caption"] == "چراغ خاموش"
            picture = served.person("alice").bot.files[message["photo"][-1]["file_id"].removesuffix("-s")]
            assert picture.content.startswith(b"\xff\xd8\xff")
            await expect(alice.at.locator(".photo img")).to_have_js_property("naturalWidth", 1280)

    async def test_several_pictures_go_as_one_album_in_one_bubble(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            bahar = page.phone("bahar")
            await bahar.sample("lamp", "hole", "bin", caption="سه")
            updates = await served.heard("bahar", 3)
            assert len({each["message"]["media_group_id"] for each in updates}) == 1
            await expect(bahar.at.locator(".mine:has(.photo)")).to_have_count(1)
            await expect(bahar.at.locator(".photo img")).to_have_count(3)

    async def test_the_sample_voice_is_a_sound_that_plays(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await alice.voice()
            voice = (await update_of(served, alice))["message"]["voice"]
            assert voice["duration"] == 4
            length = await page.page.evaluate(
                """async (id) => {
                    const answer = await fetch(`/page/file?platform=telegram&id=${id}`);
                    const sound = await new AudioContext().decodeAudioData(await answer.arrayBuffer());
                    return sound.duration;
                }""",
                voice["file_id"],
            )
            assert length == pytest.approx(4, abs=0.2)

    async def test_a_document_keeps_its_name(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await page.phone("alice").document("نامه.pdf", "application/pdf", b"%PDF-1.4")
            document = (await update_of(served, page.phone("alice")))["message"]["document"]
            assert (document["file_name"], document["file_size"]) == ("نامه.pdf", 8)
            await expect(page.phone("alice").at.locator(".file")).to_contain_text("نامه.pdf")

    async def test_a_place_is_where_the_map_was_tapped(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await page.phone("alice").pin(0.75, 0.25)
            place = (await update_of(served, page.phone("alice")))["message"]["location"]
            # The town of the rig reaches 0.02 degrees from its centre, and the map 12 % further.
            assert place["longitude"] == pytest.approx(47.0 + 0.0136, abs=0.0035)
            assert place["latitude"] == pytest.approx(35.0 + 0.0092, abs=0.0035)
            assert place["horizontal_accuracy"] == 20
            await expect(page.phone("alice").at.locator(".place .map-pin")).to_be_attached()

    async def test_the_map_reaches_far_beyond_the_town(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await page.phone("alice").attach("جا")
            for _ in range(3):
                await page.page.get_by_label("دورتر").click()
            await page.phone("alice").pin(0.95, 0.5, asked=True)
            place = (await update_of(served, page.phone("alice")))["message"]["location"]
            assert place["longitude"] > 47.1

    async def test_the_location_key_opens_the_map_and_arrows_move_the_pin(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            bahar = page.phone("bahar")
            await served.says("bahar", "کجا؟", reply_markup=KEYS)
            await bahar.key_press("جای من")
            await expect(page.page.locator(".map-face")).to_be_focused()
            before = await page.page.locator(".map-face").get_attribute("aria-label")
            await page.page.keyboard.press("ArrowUp")
            await expect(page.page.locator(".map-face")).not_to_have_attribute("aria-label", str(before))
            await page.page.keyboard.press("Tab")
            await page.page.locator("#map-send").press("Enter")
            place = (await update_of(served, bahar))["message"]["location"]
            assert set(place) == {"latitude", "longitude"}

    async def test_a_place_of_the_bot_is_drawn_with_its_name(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            person = served.person("alice")
            await served.calls(
                "telegram", "sendVenue", chat_id=person.id, latitude=35.0, longitude=47.0, title="پارک", address="میدان"
            )
            shown = await page.phone("alice").sees("پارک")
            await expect(shown.locator(".map-pin")).to_be_attached()


class TestLife:
    async def test_the_other_phone_rings_until_it_is_touched(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await page.phone("alice").at.locator("textarea").click()
            await served.says("alice", "برای شما")
            await served.says("bahar", "گزارش تازه")
            await page.phone("bahar").rings()
            await expect(page.phone("alice").at.locator(".badge")).to_be_hidden()
            await expect(page.page).to_have_title("(۱) شهر۱۳۷ · نمایش")
            await page.phone("bahar").at.locator(".log").click()
            await expect(page.phone("bahar").at.locator(".badge")).to_be_hidden()

    async def test_an_outage_is_switched_by_keyboard_and_seen_on_the_phones(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await page.page.locator("#controls-open").press("Enter")
            knob = page.page.locator('[data-switch="bale-outage"]')
            await knob.press("Space")
            await expect(knob).to_have_attribute("aria-checked", "true")
            await expect(knob).to_be_focused()
            assert served.sandbox.bale.down
            await expect(page.phone("bahar").at).to_have_class("phone bale dispatcher cut")
            served.person("bahar").says("هنوز هستم")
            await expect(page.page.locator(".group.bale .waiting")).to_contain_text("در راه ربات: ۱")

    async def test_a_lost_line_comes_back_with_what_was_missed(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            await served.says("alice", "پیش از قطع")
            await page.phone("alice").sees("پیش از قطع")
            served.page.close()
            await served.says("alice", "در قطع")
            await page.phone("alice").sees("در قطع")
            await served.says("alice", "پس از قطع")
            await page.phone("alice").sees("پس از قطع")
            await expect(page.phone("alice").messages).to_have_count(4)

    async def test_the_newest_message_stays_in_sight_unless_one_reads_above(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            for number in range(30):
                await served.says("alice", f"پیام {number}")
            await expect(alice.at.locator(".message", has_text="پیام 29")).to_be_in_viewport()
            log = alice.at.locator(".log")
            await log.hover()
            await page.page.mouse.wheel(0, -2000)
            await expect(alice.at.locator(".message", has_text="/start")).to_be_in_viewport()
            await served.says("alice", "تازه‌ترین")
            await expect(alice.at.locator(".to-end")).to_be_visible()
            await expect(alice.at.locator(".message", has_text="تازه‌ترین")).not_to_be_in_viewport()
            await alice.at.locator(".to-end").click()
            await expect(alice.at.locator(".message", has_text="تازه‌ترین")).to_be_in_viewport()

    async def test_the_answer_to_a_press_is_in_sight_though_one_pressed_far_above(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            alice = page.phone("alice")
            await served.says("alice", "؟", reply_markup=INLINE)
            for number in range(30):
                await served.says("alice", f"پیام {number}")
            await expect(alice.at.locator(".message", has_text="پیام 29")).to_be_in_viewport()
            await alice.at.locator(".log").hover()
            await page.page.mouse.wheel(0, -3000)
            await expect(alice.at.locator(".message", has_text="/start")).to_be_in_viewport()
            await alice.press("نه")
            await update_of(served, alice)
            await served.says("alice", "پاسخ")
            await expect(alice.at.locator(".message", has_text="پاسخ")).to_be_in_viewport()

    async def test_on_a_phones_width_one_phone_is_seen_and_tabs_change_it(self, browser: Browser) -> None:
        async with opened(browser, 390) as (served, page):
            await expect(page.phone("alice").at).to_be_visible()
            await expect(page.phone("bahar").at).to_be_hidden()
            await served.says("bahar", "گزارش تازه")
            await page.phone("bahar").rings()
            await page.phone("bahar").pick()
            await expect(page.phone("alice").at).to_be_hidden()
            await expect(page.phone("bahar").at.locator(".theirs").last).to_be_in_viewport()
            wide = await page.page.evaluate("document.documentElement.scrollWidth")
            assert wide == 390

    async def test_a_tab_says_whose_phone_it_is(self, browser: Browser) -> None:
        async with opened(browser, 390) as (_, page):
            tabs = page.page.locator("#tabs button")
            await expect(tabs).to_have_text(["شهروندAlice", "مرکز ۱۳۷Bahar"])
            await expect(tabs.first.get_by_role("img", name="تلگرام")).to_be_visible()
            await expect(tabs.last.get_by_role("img", name="بله")).to_be_visible()

    async def test_the_first_tap_beside_the_box_hits_although_the_bots_keyboard_comes_back(
        self, browser: Browser
    ) -> None:
        """On a phone the tap on "send" once only ended the writing, and a second one was needed."""
        async with opened(browser, 390) as (served, page):
            alice = page.phone("alice")
            await served.says("alice", "منو", reply_markup=KEYS)
            key = alice.at.get_by_role("button", name="پیگیری")
            await expect(key).to_be_visible()
            box = alice.at.locator("textarea")
            await box.tap()
            await expect(key).to_be_hidden()
            await box.fill("چراغ خاموش است")
            await alice.at.locator("button.send").tap()
            assert (await update_of(served, alice))["message"]["text"] == "چراغ خاموش است"
            await expect(key).to_be_visible()
            await box.tap()
            await alice.at.locator('button[aria-haspopup="true"]').tap()
            await expect(alice.at.locator(".menu")).to_be_visible()

    async def test_all_of_it_works_without_a_mouse(self, browser: Browser) -> None:
        async with opened(browser, started=False) as (served, page):
            alice, keys = page.phone("alice"), page.page.keyboard
            await keys.press("Alt+1")
            await keys.press("Enter")
            await served.heard("alice")
            await expect(alice.at.locator("textarea")).to_be_focused()
            await served.says("alice", "درست است؟", reply_markup=INLINE)
            await alice.sees("درست است؟")
            for _ in range(10):
                if await page.page.evaluate("document.activeElement.textContent") == "نه":
                    break
                await keys.press("Shift+Tab")
            await keys.press("Enter")
            assert (await update_of(served, alice))["callback_query"]["data"] == "n"

    async def test_nothing_is_asked_of_another_server(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            asked: list[str] = []
            page.page.on("request", lambda request: asked.append(request.url))
            await page.page.reload()
            await page.phone("alice").sample("hole", caption="چاله")
            await served.heard("alice")
            assert asked
            assert [url for url in asked if not url.startswith((served.url, "blob:", "data:"))] == []


class TestForEverybody:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1280])
    async def test_no_serious_barrier_is_found(self, browser: Browser, width: int, scheme: Scheme) -> None:
        async with opened(browser, width, scheme=scheme) as (served, page):
            await furnish(served)
            await page.phone("alice").sees("چه شد؟")
            await page.page.locator("#controls-open").click()
            await page.page.locator("#story-open").click()
            await page.page.get_by_role("button", name="مکث").click()
            found = await barriers(page)
            for opener, sheet in (("#help-open", "#help"), ('#phone-alice [title="Attach"]', "#phone-alice .menu")):
                await page.page.locator(opener).click()
                await expect(page.page.locator(sheet)).to_be_visible()
                found += await barriers(page)
                await page.page.keyboard.press("Escape")
            await page.phone("alice").attach("جا")
            found += await barriers(page)
            assert "\n".join(found) == ""


async def furnish(served: Rig) -> None:
    """Something of everything on both phones."""
    for key in ("alice", "bahar"):
        person = served.person(key)
        code = "<code>۴۷۲۹ ۱۵۳۸</code>" if key == "alice" else "```۴۷۲۹ ۱۵۳۸```"
        await served.says(key, f"کد شما {code} https://example.org/help", parse_mode="HTML", disable_notification=True)
        person.sends_document(b"%PDF-1.4", "نامه.pdf")
        person.sends_voice()
        person.sends_photo(b"\xff\xd8\xff")
        person.sends_pin(35.0, 47.0, 50)
        person.replies(person.last, "سپاس")
        await served.says(key, "منو", reply_markup=KEYS)
        await served.says(key, "چه شد؟", reply_markup=INLINE)


async def barriers(page: DemoPage) -> list[str]:
    """What axe finds serious or worse, as "rule: element and why"."""
    results = await Axe().run(page.page)
    return [
        f"{each['id']}: {node['html'][:90]} {node['any'][0]['message'] if node['any'] else ''}"
        for each in results.response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
