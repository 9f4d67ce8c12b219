// Draws each chart again at the width of the screen, with a tooltip. Without this script the page
// is complete: the server drew the same specification. `ast` keeps Vega from compiling code, which
// the content security policy refuses; styles stand in the style sheet.
"use strict";

const OPTIONS = {
  ast: true,
  actions: false,
  renderer: "svg",
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

for (const plot of document.querySelectorAll("[data-chart]")) {
  draw(plot).catch((error) => console.warn("the chart stays as the server drew it:", error));
}

async function draw(plot) {
  const response = await fetch(plot.dataset.chart);
  if (!response.ok) throw new Error(`${response.status} from ${plot.dataset.chart}`);
  const specification = await response.json();
  const drawing = document.createElement("div");
  drawing.className = "drawing";
  plot.append(drawing);
  try {
    await vegaEmbed(drawing, { ...specification, width: "container" }, OPTIONS);
    plot.replaceChildren(drawing);
    plot.dataset.drawn = "";
  } catch (error) {
    drawing.remove();
    throw error;
  }
}
