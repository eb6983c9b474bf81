using System.Text.Json;
using System.Text.Unicode;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Lines;

/// <summary>The lines of one call, in their order; most are of one sheet.</summary>
internal sealed class LineRun(SpaceWrite write, ResourceId first, bool makesSnapshot, bool truncates, long longestLine) : IDisposable
{
    private readonly Dictionary<long, SheetLines> _sheets = [];
    private SheetLines? _current;

    /// <summary>Does what the lines say; a line that cannot be understood is named by its number.</summary>
    public void Read(Stream stream)
    {
        Switch(first);
        var reader = new LineReader(stream, (int)Math.Min(longestLine, Array.MaxLength));
        while (reader.Next(out var line))
        {
            try
            {
                Line(line);
            }
            catch (JsonException fault)
            {
                throw ApiRefusal.Bad($"{reader.Number}", $"Line {reader.Number} is not the JSON this call takes: {fault.Message}");
            }
            catch (RecordBodyException fault)
            {
                throw ApiRefusal.Bad($"{reader.Number}", $"Line {reader.Number}: {fault.Message}");
            }
            catch (ApiRefusal fault) when (fault.Status is 400 or 404)
            {
                throw new ApiRefusal(fault.Status, [.. fault.Faults.Select(one => new ApiFault($"{reader.Number}", $"Line {reader.Number}: {one.Message}"))]);
            }
        }
    }

    /// <summary>Makes the commits and tells of them.</summary>
    public (long Created, long Updated, long Deleted) Finish(bool isSilent)
    {
        _current?.Pause();
        foreach (var sheet in _sheets.Values)
        {
            sheet.Finish(isSilent);
        }

        return (_sheets.Values.Sum(sheet => sheet.Created), _sheets.Values.Sum(sheet => sheet.Updated), _sheets.Values.Sum(sheet => sheet.Deleted));
    }

    public void Dispose()
    {
        foreach (var sheet in _sheets.Values)
        {
            sheet.Dispose();
        }
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            throw new RecordBodyException("The line is not UTF-8. Send JSON as UTF-8.");
        }

        var schema = _current!.Sheet.Schema;
        var head = LineHead.Read(line, AdditionalFields.AreAllowed(schema) ? schema : null);
        var sheet = head.SheetId is { } id ? write.Own(ResourceTable.Sheets, id)
            : head.SheetSlug is { } slug ? BySlug(slug)
            : first;
        if (sheet != _current.Sheet.Sheet.Id)
        {
            Switch(sheet);
            schema = _current.Sheet.Schema;
            head = LineHead.Read(line, AdditionalFields.AreAllowed(schema) ? schema : null);
        }

        _current.Line(head, line);
    }

    private void Switch(ResourceId sheet)
    {
        _current?.Pause();
        if (!_sheets.TryGetValue(sheet.Number, out _current))
        {
            _current = new SheetLines(write, SheetOfCall.Find(write, sheet), makesSnapshot, truncates);
            _sheets.Add(sheet.Number, _current);
        }
    }

    /// <summary>A slug is looked for beside the call's own sheet.</summary>
    private ResourceId BySlug(string slug)
    {
        if (_current!.Sheet.Sheet.Slug == slug)
        {
            return _current.Sheet.Sheet.Id;
        }

        var workbook = SheetStore.WorkbookOf(write, SheetStore.Get(write, first));
        return SheetStore.Of(write, workbook.Number).Find(sheet => sheet.Slug == slug)?.Id ?? throw ApiRefusal.NotFound("sheet of this workbook", slug);
    }
}
