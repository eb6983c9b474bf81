using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Judges bytes as text in the code pages that use one byte per character.</summary>
internal static class WesternText
{
    private const string Signs = "\u2019\u2018\u201C\u201D\u201E\u2013\u2014\u2026\u20AC\u00A3\u00B0\u00A7\u00AB\u00BB\u00A0\u00BF\u00A1\u00B7\u2022\u00BA\u00AA\u00AE\u00A9\u2122\u00B2\u00B3\u00BD\u00BC\u00B5\u2116\u00B1\u00D7\u201A\u2032\u00B4";

    /// <summary>The most frequent letters of languages whose whole alphabets lie on the same bytes.</summary>
    private const string Common = "оеаинтсрлв" + "αοιετσνηυρ" + "יוהלאמרבתש" + "اليمونرتبة";

    private const string Cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђѓљњћќџј";
    private const string Greek = "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ";
    private const string Hebrew = "אבגדהוזחטיךכלםמןנסעףפץצקרשת";
    private const string Arabic = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىپچژگ\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u060C\u061B\u061F";

    /// <summary>A list of names from many countries is less likely than text of one.</summary>
    private const double Mixed = 0.12;

    /// <summary>The letters beyond ASCII of languages, with the code pages they are written in, the likelier first.</summary>
    private static readonly (string Language, string Letters, int[] Pages)[] Languages =
    [
        ("Western European", "äöüßéèàêçùâîôûëïœáíóúñãõìòåæøðýþÿ", [1252, 28605, 10000, 850]),
        ("Central European", "áčďéěíňóřšťúůýžľĺŕôäąćęłńśźżöőüűăâîşţđ", [1250, 28592, 852]),
        ("German", "äöüß", [1252, 10000, 850]),
        ("French", "éèàêçùâîôûëïœ", [1252, 28605, 10000, 850]),
        ("Spanish", "áéíóúñü", [1252, 10000, 850]),
        ("Portuguese", "ãçáéíóõúâêôà", [1252, 10000, 850]),
        ("Italian", "àèéìòù", [1252, 10000, 850]),
        ("Nordic", "åäöæøé", [1252, 10000, 850]),
        ("Icelandic", "áðéíóúýþæö", [1252, 10000]),
        ("Polish", "ąćęłńóśźż", [1250, 28592, 852]),
        ("Czech or Slovak", "áčďéěíňóřšťúůýžľĺŕôä", [1250, 28592, 852]),
        ("Hungarian", "áéíóöőúüű", [1250, 28592, 852]),
        ("Romanian", "ăâîşţșț", [1250, 28592]),
        ("Croatian or Slovenian", "čćđšž", [1250, 28592, 852]),
        ("Turkish", "çğıöşüİ", [1254, 28599]),
        ("Lithuanian", "ąčęėįšųūž", [1257, 28603]),
        ("Latvian", "āčēģīķļņšūž", [1257, 28603]),
        ("Estonian", "äöüõšž", [1257, 28603]),
        ("Vietnamese", "ăâđêôơưáàéèóúíùđ\u0300\u0301\u0303\u0309\u0323", [1258]),
        ("Cyrillic", Cyrillic, [1251, 20866, 28595, 866, 10007]),
        ("Greek", Greek, [1253, 28597]),
        ("Hebrew", Hebrew, [1255, 28598]),
        ("Arabic", Arabic, [1256, 28596]),
    ];

    private static readonly Dictionary<int, char[]> Tables = Languages.SelectMany(l => l.Pages).Distinct().ToDictionary(p => p, TableOf);

    public static IEnumerable<CodePageGuess> Guesses(ReadOnlySpan<byte> sample, List<int> high)
    {
        var guesses = new List<CodePageGuess>();
        foreach (var (language, letters, pages) in Languages)
        {
            var own = letters.ToHashSet();
            for (var i = 0; i < pages.Length; i++)
            {
                var score = Score(sample, high, Tables[pages[i]], own);
                guesses.Add(new CodePageGuess(pages[i], language, score - (0.03 * i) - (language.EndsWith("European", StringComparison.Ordinal) ? Mixed : 0)));
            }
        }

        return guesses;
    }

    private static double Score(ReadOnlySpan<byte> sample, List<int> high, char[] table, HashSet<char> letters)
    {
        var score = 0.0;
        foreach (var place in high)
        {
            var before = place > 0 ? table[sample[place - 1]] : ' ';
            var after = place + 1 < sample.Length ? table[sample[place + 1]] : ' ';
            score += Score(table[sample[place]], before, after, letters);
        }

        return score / Math.Max(1, high.Count);
    }

    private static double Score(char c, char before, char after, HashSet<char> letters)
    {
        if (c is '\uFFFD' or (>= '\u0080' and < '\u00A0'))
        {
            return -4;
        }

        if (c > '\u0250' && char.IsLetter(c) && (char.IsAsciiLetter(before) || char.IsAsciiLetter(after)))
        {
            // No word mixes Greek, Cyrillic, Hebrew or Arabic with Latin letters.
            return -1;
        }

        if (c > '\u0250' && char.IsLetter(c) && !Common.Contains(char.ToLowerInvariant(c)) && !char.IsLetter(before) && !char.IsLetter(after))
        {
            // A rare letter that stands alone is no word: it may as well be the sign of a currency.
            return 0;
        }

        if (letters.Contains(c))
        {
            if (Common.Contains(c))
            {
                return 1.1;
            }

            // A small letter begins no word whose second letter is a capital.
            return char.IsUpper(after) && !char.IsUpper(before) ? 0.1 : 1;
        }

        if (char.IsLetter(c))
        {
            // A capital that stands alone is worth less than a sign that does.
            var small = char.ToLowerInvariant(c);
            return !letters.Contains(small) ? -1 : !char.IsLetter(before) && !char.IsLetter(after) ? 0.2 : char.IsLower(before) ? -0.6 : char.IsLower(after) && char.IsUpper(before) ? 0 : 0.8;
        }

        if (!Signs.Contains(c))
        {
            return -1.5;
        }

        // Signs stand beside words or numbers; only the apostrophe stands inside them.
        return char.IsLetter(before) && char.IsLetter(after) ? (c == '\u2019' ? 0.9 : -1) : 0.4;
    }

    private static char[] TableOf(int page)
    {
        var encoding = NamedEncoding.Get(page);
        var table = new char[256];
        for (var i = 0; i < 256; i++)
        {
            table[i] = encoding.GetString([(byte)i]) is [var c] ? c : '\uFFFD';
        }

        return table;
    }
}
