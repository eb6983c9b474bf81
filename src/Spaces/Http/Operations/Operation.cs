namespace Flatfile.Spaces.Http.Operations;

/// <summary>One operation of the API.</summary>
/// <param name="Name">As in the official client: <c>sheets.getRecordsAsCsv</c>.</param>
/// <param name="Tier"><c>A</c>, <c>B</c> and <c>C</c> by how much official tools use it; <c>S</c> for what this server has beyond Flatfile's API.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">From the root, with named ids: <c>/v1/sheets/{sheetId}/download</c>.</param>
/// <param name="Right">The least right it asks for.</param>
internal sealed record Operation(string Name, char Tier, string Method, string Path, Right Right)
{
    /// <summary>What the route is; two names may stand for one.</summary>
    public string Route => $"{Method} {Path}";
}
