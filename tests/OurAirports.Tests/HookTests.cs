using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Api;

namespace OurAirports.Tests;

public sealed class HookTests
{
    [Theory]
    [InlineData("91", "0", "latitude_deg", "A latitude lies between -90 and 90 degrees.")]
    [InlineData("0", "-180.5", "longitude_deg", "A longitude lies between -180 and 180 degrees.")]
    public async Task ACoordinateOutOfRangeIsAnError(string latitude, string longitude, string field, string text)
    {
        var record = await RunAsync(new NavaidHook(), ("latitude_deg", latitude), ("longitude_deg", longitude));

        Assert.Equal(new RecordMessage(MessageLevel.Error, text), Assert.Single(record.MessagesOf(field)));
    }

    [Fact]
    public async Task HalfAPlaceIsDoubtful()
    {
        var record = await RunAsync(new RunwayHook(), ("le_latitude_deg", "1"), ("le_longitude_deg", null));

        Assert.Equal(MessageLevel.Warn, Assert.Single(record.MessagesOf("le_longitude_deg")).Level);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("360", false)]
    [InlineData("361", true)]
    [InlineData("-1", true)]
    public async Task AHeadingLiesBetween0And360(string heading, bool fault) =>
        Assert.Equal(fault, (await RunAsync(new RunwayHook(), ("he_heading_degT", heading))).MessagesOf("he_heading_degT").Count == 1);

    [Fact]
    public async Task AClosedRunwayIsMarkedAndStaysValid()
    {
        var record = await RunAsync(new RunwayHook(), ("closed", "1"));

        Assert.Equal(MessageLevel.Info, Assert.Single(record.MessagesOf("closed")).Level);
    }

    [Fact]
    public async Task RunningAgainOverItsOwnMessagesChangesNothing()
    {
        var record = await RunAsync(new RunwayHook(), ("closed", "1"));
        var stored = new JsonObject
        {
            ["id"] = "1",
            ["values"] = new JsonObject
            {
                ["closed"] = new JsonObject
                {
                    ["value"] = "1",
                    ["messages"] = new JsonArray(new JsonObject { ["message"] = "This runway is closed.", ["type"] = "info", ["source"] = "custom-logic" }),
                },
            },
        };
        Assert.True(record.IsModified);

        var again = FlatfileRecord.FromJson(JsonSerializer.SerializeToElement(stored));
        await new RunwayHook().RunAsync([again], null!, CancellationToken.None);

        Assert.False(again.IsModified);
    }

    /// <summary>The figures README and the import's table state: what of the real data is at fault.</summary>
    [Fact]
    public async Task TheRealFilesHaveOneErrorAndTheseRemarks()
    {
        Assert.Equal((0, 0, 0), await CountAsync(new NavaidHook(), "navaids.csv"));
        Assert.Equal((1, 21, 1062), await CountAsync(new RunwayHook(), "runways.csv"));
    }

    private static async Task<(int Errors, int Warnings, int Infos)> CountAsync(RecordHook hook, string file)
    {
        var rows = DataFile.Read(file);
        var numbers = new OurAirportsBlueprint().Workbooks[0].Sheets!.Single(s => s.Slug + ".csv" == file).Fields.Where(f => f.Type == PropertyType.Number).Select(f => f.Key).ToHashSet();
        var records = rows.Skip(1).Select(row => Record(rows[0].Zip(row, (key, value) => (key, value.Length == 0 ? null : value)), numbers)).ToList();
        await hook.RunAsync(records, null!, CancellationToken.None);
        var messages = records.SelectMany(r => rows[0].SelectMany(r.MessagesOf)).ToList();
        return (messages.Count(m => m.Level == MessageLevel.Error), messages.Count(m => m.Level == MessageLevel.Warn), messages.Count(m => m.Level == MessageLevel.Info));
    }

    private static async Task<FlatfileRecord> RunAsync(RecordHook hook, params (string Key, string? Value)[] cells)
    {
        var record = Record(cells, [.. cells.Select(c => c.Key).Where(k => k != "closed")]);
        await hook.RunAsync([record], null!, CancellationToken.None);
        return record;
    }

    private static FlatfileRecord Record(IEnumerable<(string Key, string? Value)> cells, HashSet<string> numbers)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("id", "1");
            writer.WriteStartObject("values");
            foreach (var (key, value) in cells)
            {
                writer.WriteStartObject(key);
                writer.WritePropertyName("value");
                writer.WriteRawValue(value is null ? "null" : numbers.Contains(key) ? value : $"\"{JsonEncodedText.Encode(value)}\"");
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(json.WrittenMemory);
        return FlatfileRecord.FromJson(document.RootElement);
    }
}
