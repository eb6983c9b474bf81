using System.Globalization;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Rows that belong to no table: titles and notes above one, notes and sums below.</summary>
/// <param name="First">Row number of the first.</param>
/// <param name="Last">Row number of the last; smaller when there are none.</param>
/// <param name="Texts">What they say, a text per row that holds something.</param>
internal sealed record PassedRows(long First, long Last, IReadOnlyList<string> Texts)
{
    private const int MaxText = 60;
    private const int MaxTexts = 5;

    public static PassedRows None { get; } = new(1, 0, []);

    public bool Any => Texts.Count > 0;

    /// <summary>Such as <c>1-3</c>.</summary>
    public string Range => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    /// <summary>Such as <c>Rows 1-3 stand</c>.</summary>
    public string Named => First == Last ? $"Row {Range} stands" : $"Rows {Range} stand";

    /// <summary>The verb that goes with them.</summary>
    public string Were => First == Last ? "was" : "were";

    /// <summary>The texts, each and all of them cut to a readable length.</summary>
    public string Quote() => string.Join(", ", Texts.Take(MaxTexts).Select(t => $"'{(t.Length > MaxText ? t[..MaxText] + "…" : t)}'")) + (Texts.Count > MaxTexts ? ", …" : "");
}
