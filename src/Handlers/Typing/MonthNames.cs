using System.Globalization;
using Flatfile.Agent.Handlers.Automap;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Names of months in many languages, with and without their accents.</summary>
internal static class MonthNames
{
    private const int Longest = 16;

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Months =
        Load().GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Days = new[]
    {
        "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday",
        "mo", "montag", "di", "dienstag", "mi", "mittwoch", "do", "donnerstag", "fr", "freitag", "sa", "samstag", "sonnabend", "so", "sonntag",
        "lun", "lundi", "lunes", "mardi", "martes", "mer", "mercredi", "mié", "miércoles", "jeu", "jeudi", "jue", "jueves", "ven", "vendredi", "vie", "viernes",
        "sam", "samedi", "sáb", "sábado", "dim", "dimanche", "dom", "domingo",
    }.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>1 to 12; 0 when it is no month.</summary>
    public static int Find(ReadOnlySpan<char> word) => word.Length <= Longest && Months.TryGetValue(word, out var month) ? month : 0;

    public static bool IsDay(ReadOnlySpan<char> word) => word.Length <= Longest && Days.Contains(word);

    private static Dictionary<string, int> Load()
    {
        var months = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in DataFile.Lines("months.csv"))
        {
            var month = int.Parse(line[0], CultureInfo.InvariantCulture);
            months[line[1]] = month;
            months.TryAdd(Letters.Fold(line[1]), month);
        }

        return months;
    }
}
