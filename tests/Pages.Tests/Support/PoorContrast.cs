namespace Pages.Tests.Support;

/// <summary>Looks for text whose contrast is below what WCAG asks for at level AA: 4.5 to 1, or 3 to 1 for large text.</summary>
internal static class PoorContrast
{
    /// <summary>Returns a line for each such text.</summary>
    public const string Script = """
        () => {
          const numbers = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let e = element; e; e = e.parentElement) {
              const colour = numbers(getComputedStyle(e).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return [255, 255, 255];
          };
          const poor = new Set();
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !element.checkVisibility() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
            const style = getComputedStyle(element);
            const [a, b] = [light(numbers(style.color)), light(ground(element))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            if (ratio < (isLarge ? 3 : 4.5)) poor.add(`${ratio.toFixed(2)}: ${element.tagName} ${element.className} '${texts.currentNode.data.trim().slice(0, 40)}'`);
          }
          return [...poor];
        }
        """;
}
