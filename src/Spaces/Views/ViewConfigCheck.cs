using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Views;

/// <summary>Looks through the selection of a view, as if its rows were read.</summary>
internal static class ViewConfigCheck
{
    private static readonly string[] Flags = ["includeCounts", "includeLength", "includeLinks", "includeMessages"];

    private static readonly string[] Numbers = ["pageSize", "pageNumber"];

    /// <summary>Faults of a body's <c>config</c> that need no sheet to be seen.</summary>
    public static IEnumerable<ApiFault> Form(JsonObject given, bool isMandatory)
    {
        if (given["config"] is not JsonObject config)
        {
            return isMandatory || given["config"] is not null
                ? [new ApiFault("config", "'config' is the view's selection; an object such as {\"filter\":\"error\"}.")]
                : [];
        }

        return
        [
            .. Flags.Where(member => config[member] is { } node && node.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
                .Select(member => new ApiFault($"config.{member}", $"'{member}' must be true or false.")),
            .. Numbers.Where(member => config[member] is { } node && !(node is JsonValue value && value.TryGetValue<int>(out var number) && number > 0))
                .Select(member => new ApiFault($"config.{member}", $"'{member}' must be a whole number from 1.")),
        ];
    }

    /// <summary>400 when the rows cannot be selected this way.</summary>
    public static void Run(SpaceRead read, ResourceId sheetId, JsonObject config) => RecordCall.Run(() =>
    {
        var schema = SheetOfCall.Find(read, sheetId).Schema;
        var query = SelectionConfig.Read(read, config);
        if (query.SortField is { } field)
        {
            Selection.FieldOf(schema, field, "sortField");
        }

        return Selection.Of(read.Connection, schema, query);
    });
}
