// Every text of the page that is too faint (WCAG 2.1, 1.4.3): "4.12 of what it says". Called by PageReadersIT.

const parts = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
const opaque = (color) => parts(color).length >= 3 && (parts(color)[3] ?? 1) > 0;

function luminance(color) {
  const [r, g, b] = parts(color).map((part) => part / 255).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ground(element) {
  if (element.namespaceURI.endsWith("svg") && element.tagName === "text") {
    return getComputedStyle(element.parentNode.querySelector("rect")).fill;
  }
  for (let at = element; at !== null; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (opaque(color)) {
      return color;
    }
  }
  return "rgb(255, 255, 255)";
}

function ratio(element) {
  const style = getComputedStyle(element);
  const [a, b] = [luminance(element.tagName === "text" ? style.fill : style.color), luminance(ground(element))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const texts = [...document.body.querySelectorAll("*")].filter((element) =>
  [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "")
  && element.getClientRects().length > 0 && !["SCRIPT", "STYLE", "title", "OPTION"].includes(element.tagName));
return { looked: texts.length, faint: texts.filter((element) => ratio(element) < 4.5)
  .map((element) => `${ratio(element).toFixed(2)} of "${element.textContent.trim().slice(0, 40)}"`) };
