using System.Globalization;
using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>The messages behind a cell's flags, in the words the schema has today.</summary>
internal static class CellMessages
{
    private const string NoOption = "The value is not one of the options";

    /// <summary>The messages of one flag; none for flags of messages that somebody wrote.</summary>
    public static IReadOnlyList<CellMessage> Of(SheetSchema schema, SheetField field, CellData cell, string flag)
    {
        if (CellFlag.IsCustom(flag[0]))
        {
            return [];
        }

        if (schema.MessageOf(field, flag) is { } constraint)
        {
            return [new CellMessage(constraint.Level, constraint.Source, constraint.Text, null)];
        }

        switch (flag[0])
        {
            case CellFlag.InvalidValue:
                return [new CellMessage(ValidationLevel.Error, ValidationSource.InvalidValue, WhatIsWanted(field), null)];
            case CellFlag.InvalidOption when cell.Kind == CellKind.Json && cell.Bytes[0] == '[':
                return [.. ListCells.NotOptions(field, ListCells.Elements(cell))
                    .Select(place => new CellMessage(ValidationLevel.Error, ValidationSource.InvalidOption, NoOption, place.ToString(CultureInfo.InvariantCulture)))];
            case CellFlag.InvalidOption:
                return [new CellMessage(ValidationLevel.Error, ValidationSource.InvalidOption, NoOption, null)];
            case CellFlag.Unlinked:
                var config = field.Property.Config;
                var text = $"No row of sheet '{config?.Ref}' has this value in '{config?.Key}'";
                var places = flag.IndexOf(':', StringComparison.Ordinal);
                return [.. (places < 0 ? (string?[])[null] : flag[(places + 1)..].Split('.'))
                    .Select(place => new CellMessage(ValidationLevel.Error, ValidationSource.Unlinked, text, place))];
            default:
                return [];
        }
    }

    private static string WhatIsWanted(SheetField field) => field switch
    {
        { IsList: true } => $"The value is not a list of at most {RecordLimits.ListElements} texts",
        { Kind: FieldKind.Number } => "The value is not a number",
        { Kind: FieldKind.Boolean } => "The value is neither true nor false",
        { Kind: FieldKind.Date } => "The value is not a date (YYYY-MM-DD)",
        _ => "The value is not a single value",
    };
}
