namespace Flatfile.Agent.Handlers.Tests.Corpus;

/// <summary>What a person says a table holds.</summary>
/// <param name="HeaderRow">Row number of the header's first row; 0 when there is none.</param>
/// <param name="HeaderRows">Rows of the header; 0 when there is none.</param>
/// <param name="Labels">One per column.</param>
/// <param name="Types">One per column: text, integer, decimal, date, datetime, time or boolean; null where nobody can tell.</param>
/// <param name="Rows">How many rows of data are taken.</param>
/// <param name="Cells">All of them; null where there are too many and <paramref name="Sha256"/> stands for them.</param>
/// <param name="Sha256">Of the cells as UTF-8, U+001F between the cells and U+001E behind each row; hexadecimal.</param>
/// <param name="Refused">Numbers of the rows that cannot be taken.</param>
internal sealed record ExpectedTable(
    long HeaderRow, int HeaderRows, IReadOnlyList<string> Labels, IReadOnlyList<string>? Types, long Rows, IReadOnlyList<string[]>? Cells, string? Sha256, IReadOnlyList<long> Refused);
