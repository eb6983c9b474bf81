using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>One field of a sheet: where its cells lie and what they must be.</summary>
internal sealed class SheetField
{
    public SheetField(Property property, int position, int column)
    {
        Property = property;
        Position = position;
        Column = column;
        KeyUtf8 = Encoding.UTF8.GetBytes(property.Key);
        Name = JsonEncodedText.Encode(property.Key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        Kind = property.Type switch
        {
            PropertyType.Number => FieldKind.Number,
            PropertyType.Boolean => FieldKind.Boolean,
            PropertyType.Date => FieldKind.Date,
            PropertyType.Enum or PropertyType.EnumList => FieldKind.Enum,
            PropertyType.Reference or PropertyType.ReferenceList => FieldKind.Reference,
            _ => FieldKind.Text,
        };
        IsList = property.Type is PropertyType.EnumList or PropertyType.ReferenceList or PropertyType.StringList;
        MayBeList = IsList || property.IsArray == true || property.Multi == true || (Kind == FieldKind.Reference && property.Config?.Relationship == "has-many");
        Options = Kind == FieldKind.Enum ? EnumOptions.Of(property) : null;
        var required = property.Constraints?.FirstOrDefault(constraint => constraint.Type == ConstraintType.Required);
        Required = required is null ? null : ConstraintMessage.Of(ValidationSource.RequiredConstraint, required.Config, "A value is required");
    }

    public Property Property { get; }

    public string Key => Property.Key;

    public byte[] KeyUtf8 { get; }

    public JsonEncodedText Name { get; }

    public int Position { get; }

    public int Column { get; }

    public FieldKind Kind { get; }

    /// <summary>Only a list will do.</summary>
    public bool IsList { get; }

    /// <summary>A list will do too.</summary>
    public bool MayBeList { get; }

    public EnumOptions? Options { get; }

    public ConstraintMessage? Required { get; }

    public UniqueRule? Unique { get; set; }

    public ReferenceRule? Reference { get; set; }

    /// <summary>For a reference: what its values are compared as.</summary>
    public FieldKind TargetKind { get; set; }

    /// <summary>Whether a shadow column is made from this field.</summary>
    public bool NeedsKeyText { get; set; }

    /// <summary>Whether other rows' messages, or this row's, depend on how this cell compares with other rows.</summary>
    public bool IsCompared { get; set; }

    /// <summary>Whether a cell keeps the JSON type it came with; otherwise scalars are text.</summary>
    public bool IsTyped => Kind == FieldKind.Enum || (Kind == FieldKind.Reference && TargetKind != FieldKind.Text);

    /// <summary>What is wrong with a cell by itself.</summary>
    public char Check(CellData cell)
    {
        if (cell.IsEmpty)
        {
            return Required is null ? CellFlag.None : CellFlag.Required;
        }

        if (cell.Kind == CellKind.Json && cell.Bytes[0] == '[')
        {
            return MayBeList ? ListCells.Check(this, cell.Bytes) : CellFlag.InvalidValue;
        }

        return IsList || (cell.Kind == CellKind.Json && cell.Bytes[0] == '{') ? CellFlag.InvalidValue : CheckScalar(cell);
    }

    /// <summary>What is wrong with one value, alone or as element of a list.</summary>
    public char CheckScalar(CellData cell)
    {
        if (cell.Kind == CellKind.Integer)
        {
            return Kind == FieldKind.Enum && !IsOption(cell) ? CellFlag.InvalidOption : CellFlag.None;
        }

        return Kind switch
        {
            FieldKind.Number => NumberText.IsJson(cell.Bytes) || NumberText.Cast(cell.Bytes) is not null ? CellFlag.None : CellFlag.InvalidValue,
            FieldKind.Boolean => BooleanText.Cast(cell.Bytes) is null ? CellFlag.InvalidValue : CellFlag.None,
            FieldKind.Date => DateText.Cast(cell.Bytes) is null ? CellFlag.InvalidValue : CellFlag.None,
            FieldKind.Enum => IsOption(cell) ? CellFlag.None : CellFlag.InvalidOption,
            _ => CellFlag.None,
        };
    }

    /// <summary>The text under which equal values are equal.</summary>
    public string? KeyText(CellData cell)
    {
        var kind = Kind == FieldKind.Reference ? TargetKind : Kind;
        return cell.Kind switch
        {
            CellKind.Null => null,
            CellKind.Integer when kind != FieldKind.Number => cell.Integer.ToString(CultureInfo.InvariantCulture),
            CellKind.Integer => Canonical(kind, Encoding.ASCII.GetBytes(cell.Integer.ToString(CultureInfo.InvariantCulture))),
            _ => Canonical(kind, cell.Bytes),
        };
    }

    private static string Canonical(FieldKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        FieldKind.Number => NumberText.Canonical(text),
        FieldKind.Boolean => BooleanText.Cast(text) switch { true => "true", false => "false", _ => null },
        FieldKind.Date => DateText.Cast(text),
        _ => null,
    } ?? Encoding.UTF8.GetString(text);

    private bool IsOption(CellData cell)
    {
        if (Options is null)
        {
            return true;
        }

        if (cell.Kind != CellKind.Integer)
        {
            return Options.Contains(cell.Bytes);
        }

        Span<byte> digits = stackalloc byte[20];
        cell.Integer.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return Options.Contains(digits[..length]);
    }
}
