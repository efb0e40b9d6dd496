"""What every page must be in a real browser, for eyes, fingers and screen readers."""

from collections.abc import Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page

AXE = (Path(__file__).parents[1] / "vendor/axe-core-4.14.1/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KIOSK_SIZES = [(1280, 720), (820, 512), (1080, 1920)]
DESK_SIZES = [(1366, 768), (390, 844)]
KIOSK_TARGET = 76
"""Smallest side of what is touched at a kiosk, in CSS px: 20 mm on a calibrated screen."""

# `preload` would copy our style sheets into the page, which the policy refuses.
RUN_AXE = """
([tags, enhanced]) => axe.run(document, {
  runOnly: { type: "tag", values: tags },
  preload: false,
  iframes: false,
  resultTypes: ["violations"],
  rules: { "color-contrast-enhanced": { enabled: enhanced } },
}).then(found => found.violations.flatMap(rule =>
  rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`)))
"""
# Only what a modal dialog leaves within reach is looked at.
REACHABLE = """
const within = document.querySelector("dialog:modal") ?? document;
const visible = selector => [...within.querySelectorAll(selector)].filter(element => element.checkVisibility());
const named = element => element.id || element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40) || element.name;
"""
TOO_SMALL = (
    "least => {"
    + REACHABLE
    + """
  return visible("a[href], button, input, select, textarea, summary, [role=button], [tabindex='0']")
    .map(element => [named(element), element.getBoundingClientRect()])
    .filter(([, box]) => Math.round(box.width) < least || Math.round(box.height) < least)
    .map(([name, box]) => `too small: ${name} (${Math.round(box.width)} × ${Math.round(box.height)} px)`);
}"""
)
COVERED = (
    "() => {"
    + REACHABLE
    + """
  const faults = [];
  const looked = "h1, h2, h3, p, li, label, a[href], button, input, select, textarea, progress, [role=status]";
  for (const element of visible(looked)) {
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;  // For screen readers only.
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top || !(element.contains(top) || top.contains(element) || element.closest("label")?.contains(top)))
      faults.push(`covered: ${named(element)} by ${top ? `${top.tagName}.${top.className}` : "the window's edge"}`);
  }
  scrollTo({ top: 0, behavior: "instant" });
  return faults;
}"""
)
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth
  ? [`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth} px`] : []"""
TOO_WIDE_INSIDE = """() => [...document.querySelectorAll("body *")]
  .filter(element => element.scrollWidth > element.clientWidth + 1)
  .filter(element => /auto|scroll/.test(getComputedStyle(element).overflowX))
  .map(element => `wider than its frame: ${element.tagName}.${element.className}`)"""

_console: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def watch(page: Page) -> None:
    """Keep what the page's console complains of, refused styles and scripts included."""
    heard = _console.setdefault(page, [])
    page.on("console", lambda message: heard.append(f"console: {message.text}") if _is_fault(message) else None)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))


def _is_fault(message: ConsoleMessage) -> bool:
    # A page that says what went wrong is right to come with the status of an error.
    own_status = message.text.startswith("Failed to load resource") and message.location["url"] == message.page.url
    return message.type == "error" and not own_status


def faults(page: Page, *, kiosk: bool = False) -> list[str]:
    """Return one line per fault of the page as it stands now."""
    if not page.evaluate("'axe' in window"):  # Half a megabyte: once for each page that is loaded.
        page.evaluate(AXE)
    return page.evaluate(RUN_AXE, [TAGS, kiosk]) + layout_faults(page, kiosk=kiosk) + _console.get(page, [])


def layout_faults(page: Page, *, kiosk: bool = False) -> list[str]:
    """Return what is covered, too wide or, at a kiosk, too small at the window's present size."""
    small = page.evaluate(TOO_SMALL, KIOSK_TARGET) + page.evaluate(TOO_WIDE_INSIDE) if kiosk else []
    return small + page.evaluate(COVERED) + page.evaluate(TOO_WIDE)


def faults_at(page: Page, size: tuple[int, int], *, kiosk: bool = False) -> list[str]:
    """Return what only another size of the window shows; the window keeps it."""
    page.set_viewport_size(sized(size))
    return [f"{fault} at {size}" for fault in layout_faults(page, kiosk=kiosk)]


def check_page(page: Page, *, kiosk: bool = False, sizes: Sequence[tuple[int, int]] = ()) -> None:
    """Refuse a page that is hard to see, to touch or to hear; `kiosk` asks for its larger targets and contrast.

    Of several sizes the window takes the first, and there it stays; the others show what is
    covered, too wide or too small there.
    """
    if sizes:
        page.set_viewport_size(sized(sizes[0]))
    found = faults(page, kiosk=kiosk) + [one for size in sizes[1:] for one in faults_at(page, size, kiosk=kiosk)]
    if sizes[1:]:
        page.set_viewport_size(sized(sizes[0]))
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(found)


def sized(size: tuple[int, int]) -> dict[str, int]:
    """Return a size of a window as the browser is told it."""
    return {"width": size[0], "height": size[1]}
