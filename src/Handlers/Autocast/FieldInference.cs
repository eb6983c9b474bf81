using System.Text.Json;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>Finds out from all rows of a sheet how the cells of its typed fields are to be read.</summary>
internal sealed class FieldInference
{
    private readonly List<(Property Field, FieldCastKind Kind, ColumnTyping Typing, TypingOptions Options)> _fields;

    public FieldInference(Sheet sheet, AutocastOptions options) =>
        _fields = [.. sheet.Config.Fields.Where(f => options.Casts(f.Key) && KindOf(f) is not null)
            .Select(f => (f, KindOf(f)!.Value, new ColumnTyping(f.Label ?? f.Key, options.For(f.Key)), options.For(f.Key)))];

    public IReadOnlyList<string> Keys => [.. _fields.Select(f => f.Field.Key)];

    public void Add(JsonElement record)
    {
        foreach (var (field, _, typing, _) in _fields)
        {
            typing.Add(CellText.Of(record, field.Key));
        }
    }

    public IReadOnlyList<FieldCast> Conclude()
    {
        var columns = FileTyping.Settle([.. _fields.Select(f => f.Typing.ConcludeAs(f.Kind switch
        {
            FieldCastKind.Date => ColumnType.Date,
            FieldCastKind.Boolean => ColumnType.Boolean,
            _ => ColumnType.Decimal,
        }))]);
        return [.. _fields.Zip(columns, (f, column) => Of(f.Field, f.Kind, f.Options, column))];
    }

    private static FieldCast Of(Property field, FieldCastKind kind, TypingOptions options, TypedColumn column)
    {
        var name = field.Label ?? field.Key;
        if (kind == FieldCastKind.Enum)
        {
            return new FieldCast(field.Key, name, kind, 1, ["the options of the field"]);
        }

        return new FieldCast(field.Key, name, kind, column.Confidence, column.Evidence)
        {
            DecimalMark = (column.Reading as NumberReading)?.DecimalMark,
            DateOrder = (column.Reading as DateReading)?.Order,
            TwoDigitYearMax = options.TwoDigitYearMax,
            IsSerial = column.Reading is SerialDateReading,
            Count1904 = options.Count1904,
            IsEpoch = column.Reading is EpochReading,
            Question = column.Question is { } open ? new FieldCast.OpenQuestion(open.Option, open.Text, [.. open.Answers.Select(a => $"{a.Value}: {a.Meaning}")]) : null,
        };
    }

    private static FieldCastKind? KindOf(Property field) => field.Type switch
    {
        _ when field.IsArray == true || field.Multi == true => null,
        PropertyType.Number => FieldCastKind.Number,
        PropertyType.Date => FieldCastKind.Date,
        PropertyType.Boolean => FieldCastKind.Boolean,
        PropertyType.Enum when EnumMatch.Of(field) is not null => FieldCastKind.Enum,
        _ => null,
    };
}
