using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

/// <summary>What a table tells of a cell.</summary>
internal sealed record ReadCell(string Text, CellKind Kind, string? Remark = null);
