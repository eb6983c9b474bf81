using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Snapshots;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Lines;

/// <summary>The lines of one sheet: each inserts, changes or deletes a row; all of them are one commit.</summary>
internal sealed class SheetLines : IDisposable
{
    private readonly SpaceWrite _write;
    private readonly ResourceId _commit;
    private readonly RecordCounts _before;
    private SheetChange? _change;
    private RowInsert? _insert;
    private RowUpdate? _update;
    private RowDelete? _delete;
    private CellsReader? _cells;
    private long _changed;
    private long _touched;
    private long _deleted;

    public SheetLines(SpaceWrite write, SheetOfCall sheet, bool makesSnapshot, bool truncates)
    {
        _write = write;
        Sheet = sheet.Writable(write);
        _commit = write.NewId(IdPrefix.Commit);
        _before = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
        if (makesSnapshot)
        {
            SnapshotStore.Create(write, sheet, null, null);
        }

        if (truncates)
        {
            _deleted = RecordDelete.Run(write.Connection, sheet.Schema, new RowQuery());
        }
    }

    public SheetOfCall Sheet { get; private set; }

    /// <summary>Rows inserted so far.</summary>
    public long Created { get; private set; }

    /// <summary>Rows found and written so far.</summary>
    public long Updated { get; private set; }

    /// <summary>Rows deleted so far.</summary>
    public long Deleted => _deleted;

    /// <summary>Does what one line says.</summary>
    public void Line(LineHead head, ReadOnlySpan<byte> line)
    {
        if (head.Unknown.Count > 0)
        {
            Pause();
            Sheet = AdditionalFields.Add(_write, Sheet, head.Unknown);
        }

        _change ??= new SheetChange(_write.Connection, Sheet.Schema);
        _cells ??= new CellsReader(Sheet.Schema);
        if (head.Id is null)
        {
            Insert(head, line);
        }
        else if (head.IsDeleted)
        {
            _delete ??= new RowDelete(_change);
            _deleted += _delete.Run(head.Id) ? 1 : 0;
        }
        else
        {
            Update(head, line);
        }
    }

    /// <summary>Settles what was done so far; another sheet's lines may come then.</summary>
    public void Pause()
    {
        if (_change is null)
        {
            return;
        }

        Created += _insert?.Book(_commit.Number).Count ?? 0;
        _change.Finish();
        _changed += _update?.Result.Changed ?? 0;
        _touched += _update?.Result.Touched ?? 0;
        Updated += _update?.Result.Found ?? 0;
        Dispose();
    }

    /// <summary>Makes the commit and tells of it.</summary>
    public void Finish(bool isSilent)
    {
        Pause();
        RecordNews.Deleted(_write, Sheet, _deleted);
        if (Created + _changed > 0)
        {
            Commits.Create(_write, Sheet, _commit, Created + _changed, Tell, isSilent);
        }
        else
        {
            Tell();
        }
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _update?.Dispose();
        _delete?.Dispose();
        _change?.Dispose();
        (_insert, _update, _delete, _change, _cells) = (null, null, null, null, null);
    }

    private void Tell()
    {
        RecordNews.Created(_write, Sheet, _commit.ToString(), Created);
        if (Created + _changed > 0)
        {
            RecordNews.Updated(_write, Sheet, _commit.ToString(), _touched);
        }

        if (Created + _changed > 0 || RecordTables.Counts(_write.Connection, Sheet.Sheet.Records) != _before)
        {
            RecordNews.Counts(_write, Sheet);
        }
    }

    private void Insert(LineHead head, ReadOnlySpan<byte> line)
    {
        _insert ??= new RowInsert(_change!);
        _insert.Append();
        Cells(line, _insert);
        LineMessages.Give(head.Messages.Value, Sheet.Schema, _insert);
        if (head.Metadata.IsGiven)
        {
            _insert.Metadata(head.Metadata.Value as JsonObject);
        }

        if (head.Config.IsGiven)
        {
            _insert.Config(head.Config.Value as JsonObject);
        }

        _insert.Save();
    }

    private void Update(LineHead head, ReadOnlySpan<byte> line)
    {
        _update ??= new RowUpdate(_change!, UpdateStamp.New(_commit.Number));
        if (!_update.Begin(head.Id!))
        {
            return;
        }

        Cells(line, _update);
        LineMessages.Give(head.Messages.Value, Sheet.Schema, _update);
        if (head.Metadata.IsGiven)
        {
            _update.Metadata(head.Metadata.Value as JsonObject);
        }

        if (head.Config.IsGiven)
        {
            _update.Config(head.Config.Value as JsonObject);
        }

        _update.Save();
    }

    private void Cells(ReadOnlySpan<byte> line, IRowCells row)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        _cells!.Read(ref reader, row);
    }
}
