namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Judges bytes as text in the encodings of Chinese, Japanese and Korean, which use two bytes for most characters.</summary>
internal static class EastAsianText
{
    private delegate double PairScore(byte lead, byte trail);

    private static readonly (int Number, string Language, PairScore Score, Func<byte, bool> IsSingle)[] Encodings =
    [
        (932, "Japanese", ShiftJis, b => b is >= 0xA1 and <= 0xDF),
        (54936, "Chinese", Gb, _ => false),
        (51932, "Japanese", EucJp, _ => false),
        (949, "Korean", EucKr, _ => false),
        (950, "Chinese", Big5, _ => false),
    ];

    public static IEnumerable<CodePageGuess> Guesses(ReadOnlySpan<byte> sample)
    {
        var guesses = new List<CodePageGuess>();
        foreach (var (number, language, score, isSingle) in Encodings)
        {
            guesses.Add(new CodePageGuess(number, language, Score(sample, number, score, isSingle)));
        }

        return guesses;
    }

    private static double Score(ReadOnlySpan<byte> sample, int number, PairScore pairScore, Func<byte, bool> isSingle)
    {
        var (sum, count, kana, late) = (0.0, 0, 0, 0);
        for (var i = 0; i < sample.Length && count < 10_000; i++)
        {
            var lead = sample[i];
            if (lead < 0x80)
            {
                continue;
            }

            count++;
            if (isSingle(lead))
            {
                // Half-width katakana are rare in files of today.
                sum += 0.2;
                continue;
            }

            if (i + 1 == sample.Length)
            {
                break;
            }

            var trail = sample[i + 1];
            sum += pairScore(lead, trail);
            kana += number == 932 ? (lead is 0x82 or 0x83 ? 1 : 0) : lead is 0xA4 or 0xA5 ? 1 : 0;
            late += lead > 0xC8 ? 1 : 0;
            i += trail >= 0x40 ? 1 : 0;
        }

        var average = sum / Math.Max(1, count);

        // The common characters of three encodings share their bytes: kana tell Japanese, Korean syllables end early in the table.
        return number switch
        {
            51932 => kana * 10 > count ? average + 0.1 : average - 0.5,
            949 => late * 20 < count && kana * 20 < count ? average + (count > 20 ? 0.1 : -0.1) : average - 0.5,
            54936 => kana * 5 > count ? average - 0.2 : average,
            _ => average,
        };
    }

    private static double ShiftJis(byte lead, byte trail) =>
        trail is < 0x40 or 0x7F or > 0xFC || lead is 0x80 or 0xA0 or > 0xFC ? -3
        : lead is 0x82 or 0x83 or 0x81 ? 1
        : lead is >= 0x88 and <= 0x97 ? 0.9
        : 0;

    private static double Gb(byte lead, byte trail) =>
        lead is 0x80 or 0xFF || trail is < 0x30 or 0x7F or 0xFF || (trail is > 0x39 and < 0x40) ? -3
        : trail < 0xA1 ? -0.2
        : lead is >= 0xB0 and <= 0xD7 ? 1
        : lead is >= 0xA1 and <= 0xA3 ? 0.8
        : lead is > 0xD7 and <= 0xF7 ? 0.3
        : -0.2;

    private static double EucJp(byte lead, byte trail) =>
        trail < 0xA1 || lead < 0xA1 ? -3 : lead is 0xA4 or 0xA5 or 0xA1 ? 1 : lead is >= 0xB0 and <= 0xCF ? 0.9 : 0;

    private static double EucKr(byte lead, byte trail) =>
        trail < 0x41 || lead < 0x81 ? -3 : trail < 0xA1 ? -0.2 : lead is >= 0xB0 and <= 0xC8 ? 1 : lead is >= 0xA1 and <= 0xA3 ? 0.6 : 0;

    private static double Big5(byte lead, byte trail) =>
        trail is < 0x40 or (> 0x7E and < 0xA1) or 0xFF || lead < 0xA1 ? -3 : lead is >= 0xA4 and <= 0xC6 ? 0.95 : lead is >= 0xA1 and <= 0xA3 ? 0.7 : 0;
}
