using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the code page of bytes that are not UTF-8 by reading them in every candidate and taking the one whose characters read best.</summary>
internal static class CodePageSniffer
{
    private const int MaxBytes = 20_000;

    public static SniffedCodePage Sniff(ReadOnlySpan<byte> sample)
    {
        var high = HighBytes(sample);
        var (best, second, language) = (default(CodePageGuess), double.MinValue, string.Empty);
        foreach (var guess in EastAsianText.Guesses(sample).Concat(WesternText.Guesses(sample, high)))
        {
            if (best is null || guess.Score > best.Score)
            {
                second = best is null || best.Number == guess.Number ? second : best.Score;
                (best, language) = (guess, guess.Language);
            }
            else if (guess.Number != best.Number)
            {
                second = Math.Max(second, guess.Score);
            }
        }

        var encoding = NamedEncoding.Get(best!.Number);
        var margin = Math.Clamp(best.Score - second, 0, 0.5);
        var enough = Math.Min(1, high.Count / 10.0);
        var confidence = Math.Round(Math.Clamp(0.45 + (margin * enough) + (0.25 * Math.Clamp(best.Score, 0, 1)), 0.3, 0.95), 2);
        return new SniffedCodePage(encoding, CodePage.NameOf(encoding), confidence, $"It is not UTF-8; the {high.Count} bytes beyond ASCII looked at read best as {language} letters and signs.");
    }

    private static List<int> HighBytes(ReadOnlySpan<byte> sample)
    {
        var places = new List<int>();
        for (var i = 0; i < sample.Length && places.Count < MaxBytes; i++)
        {
            if (sample[i] >= 0x80)
            {
                places.Add(i);
            }
        }

        return places;
    }
}
