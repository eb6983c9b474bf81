using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Tests.Typing;

/// <summary>Columns made of a few cells.</summary>
internal static class Column
{
    public static TypedColumn Of(params string[] cells) => Named("c", cells);

    public static TypedColumn Named(string name, params string[] cells) => With(TypingOptions.Auto, name, cells);

    public static TypedColumn With(TypingOptions options, string name, params string[] cells)
    {
        var typing = new ColumnTyping(name, options);
        foreach (var cell in cells)
        {
            typing.Add(cell);
        }

        return typing.Conclude();
    }

    public static string[] Read(this TypedColumn column, params string[] cells) => [.. cells.Select(c => column.Reading!.Read(c) ?? "-")];
}
