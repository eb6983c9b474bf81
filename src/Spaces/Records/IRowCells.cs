using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Records;

/// <summary>A row being made or changed, as a reader of cells sees it.</summary>
internal interface IRowCells
{
    /// <summary>A cell's value. <paramref name="givenAsText"/> says whether it came as text: a number that only repeats what was shown changes nothing.</summary>
    void Value(SheetField field, CellData cell, bool givenAsText);

    /// <summary>A cell's messages, in place of those somebody wrote before.</summary>
    void Messages(SheetField field, JsonArray messages);
}
