using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.RecordHooks;
using Flatfile.Agent.Handlers.Typing;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>How texts become values: from the settings, and for one run from its job's input, which goes before them.</summary>
internal sealed record AutocastOptions
{
    public const string SettingsName = "Autocast";

    /// <summary>Slugs of sheets, with <c>*</c> for any characters, that are cast as soon as a file was mapped into them. Empty for none: then only the job casts.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Keys of the fields that are cast; empty for all.</summary>
    public IReadOnlyList<string> FieldFilters { get; init; } = [];

    /// <summary><c>dmy</c>, <c>mdy</c>, <c>ymd</c> or <c>ydm</c>; null for what the values say.</summary>
    public string? DateOrder { get; init; }

    /// <summary><c>.</c> or <c>,</c>; null for what the values say.</summary>
    public string? DecimalMark { get; init; }

    /// <summary>Numbers in fields for dates are days as a spreadsheet counts them; null for where the field's name says so.</summary>
    public bool? SerialDates { get; init; }

    /// <summary>Years of two digits up to this one's last two belong to its century.</summary>
    public int TwoDigitYearMax { get; init; } = TypingOptions.Auto.TwoDigitYearMax;

    /// <summary>Answers for single fields, by their keys: objects with <c>dateOrder</c>, <c>decimalMark</c>, <c>serialDates</c>. From the job's input only.</summary>
    public JsonObject? Fields { get; init; }

    /// <exception cref="JobFailedException">An option has a value it cannot have.</exception>
    public static AutocastOptions Of(IConfiguration? settings, JsonObject? input)
    {
        var section = settings?.GetSection(SettingsName);
        string? Text(string name) => input?[name] is { } given ? TextOf(given) : section?[name];
        var options = new AutocastOptions
        {
            Sheets = [.. section?.GetSection("Sheets").GetChildren().Select(c => c.Value).OfType<string>() ?? []],
            FieldFilters = input?["fieldFilters"] is JsonArray fields ? [.. fields.OfType<JsonNode>().Select(TextOf)] : [.. section?.GetSection("FieldFilters").GetChildren().Select(c => c.Value).OfType<string>() ?? []],
            DateOrder = Text("dateOrder"),
            DecimalMark = Text("decimalMark"),
            SerialDates = Text("serialDates") is { } serial ? TruthOf(serial) : null,
            TwoDigitYearMax = Text("twoDigitYearMax") is { } year ? YearOf(year) : TypingOptions.Auto.TwoDigitYearMax,
            Fields = input?["fields"] as JsonObject,
        };
        _ = options.For("");
        return options;
    }

    public bool Covers(string slug) => Sheets.Any(glob => SlugGlob.Matches(glob, slug));

    public bool Casts(string field) => FieldFilters.Count == 0 || FieldFilters.Contains(field);

    /// <summary>What is known of one field's values.</summary>
    public TypingOptions For(string field)
    {
        var own = Fields?[field] as JsonObject;
        string? Own(string name, string? usual) => own?[name] is { } given ? TextOf(given) : usual;
        return new TypingOptions
        {
            DateOrder = Own("dateOrder", DateOrder) is { } order ? OrderOf(order) : null,
            DecimalMark = Own("decimalMark", DecimalMark) is { } mark ? MarkOf(mark) : null,
            SerialDates = Own("serialDates", null) is { } serial ? TruthOf(serial) : SerialDates,
            TwoDigitYearMax = TwoDigitYearMax,
        };
    }

    private static string TextOf(JsonNode node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString();

    private static DateOrder OrderOf(string order) => order.ToLowerInvariant() switch
    {
        "dmy" => Typing.DateOrder.DayMonthYear,
        "mdy" => Typing.DateOrder.MonthDayYear,
        "ymd" => Typing.DateOrder.YearMonthDay,
        "ydm" => Typing.DateOrder.YearDayMonth,
        _ => throw new JobFailedException($"The option dateOrder is '{order}'. It can be dmy, mdy, ymd or ydm."),
    };

    private static char MarkOf(string mark) => mark is "." or "," ? mark[0] : throw new JobFailedException($"The option decimalMark is '{mark}'. It can be '.' or ','.");

    private static bool TruthOf(string text) => bool.TryParse(text, out var truth) ? truth : throw new JobFailedException($"The option serialDates is '{text}'. It can be true or false.");

    private static int YearOf(string text) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var year) && year is >= 99 and <= 9999 ? year : throw new JobFailedException($"The option twoDigitYearMax is '{text}'. It is a year such as 2049.");
}
