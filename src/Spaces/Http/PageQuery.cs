using System.Text.Json;

namespace Flatfile.Spaces.Http;

/// <summary>Which page of a list: <c>pageSize</c> and <c>pageNumber</c>, counted from 1.</summary>
internal sealed record PageQuery(int Size, int Number)
{
    private const int Largest = 10_000;

    /// <summary>How many items come before the page.</summary>
    public long Skip => (long)(Number - 1) * Size;

    /// <summary>Reads the query; out of range is a 400.</summary>
    public static PageQuery Read(ApiCall call, int defaultSize) =>
        new(call.Number("pageSize", 1, Largest) ?? defaultSize, call.Number("pageNumber", 1, int.MaxValue) ?? 1);

    /// <summary>Writes the member <c>pagination</c>.</summary>
    public void WritePagination(Utf8JsonWriter writer, long total)
    {
        writer.WriteStartObject("pagination");
        writer.WriteNumber("currentPage", Number);
        writer.WriteNumber("pageCount", (total + Size - 1) / Size);
        writer.WriteNumber("totalCount", total);
        writer.WriteEndObject();
    }
}
