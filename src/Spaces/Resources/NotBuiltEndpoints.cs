using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>Operations that are no storage, or whose meaning is not public: 501 that says why.</summary>
internal sealed class NotBuiltEndpoints : IEndpoints
{
    private const string Postgres = "it hands out a PostgreSQL database of its own for a workbook, and records are kept in SQLite here. Use the calls of sheets and records";
    private const string Suggestions = "what a suggestion looks like inside an analysis is not public. Delete the analysis and create it anew";
    private const string Drafts = "which change of a draft wins over which change of its space is not public. Export the space and import it to work on a copy";

    private const string Resolutions = "how a clip and its source are compared and settled is not public. The rows of both sheets can be read and changed with the calls of records";

    private static readonly (string Name, string Why)[] All =
    [
        ("foreigndb.restore", Postgres), ("foreigndb.configureWorkbook", Postgres), ("foreigndb.getDatabaseInfo", Postgres),
        ("foreigndb.deleteDatabase", Postgres), ("foreigndb.upload", Postgres),
        ("analysis.updateSuggestion", Suggestions), ("analysis.deleteSuggestion", Suggestions),
        ("spaces.createDraft", Drafts), ("spaces.listSpaceDrafts", Drafts), ("spaces.getSpaceDraft", Drafts), ("spaces.mergeDraft", Drafts),
        ("dataClips.getResolutions", Resolutions), ("dataClips.getResolutionIndex", Resolutions),
        ("dataClips.updateResolution", Resolutions), ("dataClips.refreshResolutions", Resolutions),
        ("spaces.upgrade", "it carries a space over to a newer version of its app's blueprint, and blueprints have no versions here. Update workbooks and sheets themselves"),
        ("flags.bulkMutate", "how a record says which flags it carries is not public. Flags themselves can be created, changed and deleted"),
    ];

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        foreach (var (name, why) in All)
        {
            routes.Map(name, call => throw new ApiRefusal(
                501, new ApiFault(null, $"{name} ({call.Operation!.Route}) is part of Flatfile's API and not built in this server: {why}.")));
        }
    }
}
