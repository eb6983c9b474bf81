using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Api.Tests.Wire;

public class WireJsonTests
{
    [Fact]
    public void MembersTheLibraryDoesNotKnowSurviveARoundTrip()
    {
        const string wire = """{"id":"us_sp_1","name":"One","createdAt":"2023-10-30T20:04:28.556Z","updatedAt":"2023-10-30T20:04:28.556Z","guestAuthentication":[],"size":{"files":3},"isCollaborative":true}""";

        var space = JsonSerializer.Deserialize(wire, FlatfileJson.Default.Space)!;
        var back = JsonSerializer.Serialize(space, FlatfileJson.Default.Space);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wire), JsonNode.Parse(back)), back);
    }

    [Fact]
    public void UnknownMembersSurviveDeepInASheet()
    {
        const string wire = """
            {"name":"S","slug":"s","fields":[{"key":"a","type":"enum","config":{"options":[{"value":"x","label":"X","ordinal":3,"future":1}],"allowCustom":true},
            "constraints":[{"type":"required","config":{"later":true}}],"hint":"h"}],"constraints":[{"type":"unique","name":"n","fields":["a"],"odd":[1]}]}
            """;

        var sheet = JsonSerializer.Deserialize(wire, FlatfileJson.Default.SheetConfig)!;

        var back = JsonNode.Parse(JsonSerializer.Serialize(sheet, FlatfileJson.Default.SheetConfig));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wire), back), back!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"id":"us_wb_1","spaceId":"us_sp_1","environmentId":"us_env_1"}""")]
    [InlineData("""{"id":"us_wb_1","spaceId":"us_sp_1","environmentId":"us_env_1","sheets":null,"labels":null}""")]
    public void ListsThatAreAbsentOrNullReadAsEmpty(string wire)
    {
        var workbook = JsonSerializer.Deserialize(wire, FlatfileJson.Default.Workbook)!;

        Assert.Empty(workbook.Sheets);
        Assert.Empty(workbook.Labels);
    }

    [Theory]
    [InlineData("""{"id":"us_rc_1"}""")]
    [InlineData("""{"id":"us_rc_1","values":null}""")]
    public void ARecordWithoutValuesReadsAsEmpty(string wire) =>
        Assert.Empty(JsonSerializer.Deserialize(wire, FlatfileJson.Default.FlatfileRecordData)!.Values);

    [Fact]
    public void AMandatoryMemberThatIsMissingIsAFault() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"name":"One"}""", FlatfileJson.Default.Space));

    [Fact]
    public void TimesAreWrittenInUtcWithMillisecondsAndZ()
    {
        var update = new JobUpdate { OutcomeAcknowledgedAt = new DateTimeOffset(2024, 2, 3, 6, 5, 6, TimeSpan.FromHours(2)) };

        Assert.Equal("""{"outcomeAcknowledgedAt":"2024-02-03T04:05:06.000Z"}""", JsonSerializer.Serialize(update, FlatfileJson.Default.JobUpdate));
    }

    [Theory]
    [InlineData("2024-02-03T04:05:06.789Z", 789)]
    [InlineData("2024-02-03T04:05:06Z", 0)]
    [InlineData("2024-02-03T06:05:06.7891234+02:00", 789)]
    public void TimesAreReadInAnyIsoForm(string text, int milliseconds)
    {
        var ack = JsonSerializer.Deserialize($$"""{"estimatedCompletionAt":"{{text}}"}""", FlatfileJson.Default.JobAck)!;

        Assert.Equal(new DateTime(2024, 2, 3, 4, 5, 6, milliseconds), new DateTime(ack.EstimatedCompletionAt!.Value.UtcTicks / 10000 * 10000));
    }

    [Fact]
    public void AnUpdateSendsWhatIsSetAndNullForWhatIsCleared()
    {
        var update = new SpaceConfig { Name = "New" }.Clear("primaryWorkbookId", "namespace");

        Assert.Equal("""{"name":"New","primaryWorkbookId":null,"namespace":null}""", JsonSerializer.Serialize(update, FlatfileJson.Default.SpaceConfig));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("373.10")]
    [InlineData("12345678901234567890123")]
    [InlineData("\"007\"")]
    [InlineData("true")]
    [InlineData("[\"a\",\"b\"]")]
    public void CellValuesKeepTheirWording(string value)
    {
        var wire = $$"""{"value":{{value}},"messages":[]}""";

        Assert.Equal(wire, JsonSerializer.Serialize(JsonSerializer.Deserialize(wire, FlatfileJson.Default.CellValue), FlatfileJson.Default.CellValue));
    }

    [Fact]
    public void ATagNeedNotComeFirst()
    {
        var field = JsonSerializer.Deserialize("""{"label":"A","key":"a","type":"string"}""", FlatfileJson.Default.Property)!;

        Assert.Equal("string", field.Type);
    }
}
