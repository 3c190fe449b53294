"""A form is sent once, however often its button is pressed in that moment."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fast_files")]

PRESSED_THRICE = """async () => {
  const form = document.querySelector("main form.b-form"), sent = [];
  form.addEventListener("submit", (event) => { sent.push(!event.defaultPrevented); event.preventDefault(); });
  form.requestSubmit();
  form.requestSubmit();
  await new Promise((done) => setTimeout(done, 2100));
  form.requestSubmit();
  return sent;
}"""


def test_a_second_press_sends_nothing_until_a_moment_has_passed(people, town):
    sara = people.sign_in("sara")
    sara.goto("/kontrakt/ny/")
    assert sara.evaluate(PRESSED_THRICE) == [True, False, True]
