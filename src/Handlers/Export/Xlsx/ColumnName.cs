namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>Columns as spreadsheets call them.</summary>
internal static class ColumnName
{
    /// <summary><c>A</c> for 0, <c>Z</c> for 25, <c>AA</c> for 26.</summary>
    public static byte[] Of(int column)
    {
        var name = new Stack<byte>();
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name.Push((byte)('A' + ((rest - 1) % 26)));
        }

        return [.. name];
    }
}
