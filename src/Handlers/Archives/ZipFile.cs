using System.IO.Compression;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>A ZIP opened for reading: the tables of its files one after the other. Files without tables are left out and told.</summary>
internal sealed class ZipFile : ITableFile
{
    private const int Told = 200;

    private readonly FileContent _content;
    private readonly ZipArchive _archive;
    private readonly IReadOnlyList<ZipEntryFacts> _facts;
    private readonly ReadOptions _options;
    private readonly UnpackBudget _budget;
    private readonly int _depth;
    private readonly TableNames _names;
    private readonly List<ReadDecision> _decisions = [];
    private readonly long _toUnpack;
    private int _next;
    private int _leftOut;
    private string _label = "";
    private ITableFile? _inner;
    private UnpackedStream? _bytes;
    private ITable? _first;
    private long _unpacked;

    private ZipFile(FileContent content, ZipArchive archive, IReadOnlyList<ZipEntryFacts> facts, ReadOptions options, UnpackBudget budget, int depth)
    {
        (_content, _archive, _facts, _budget, _depth) = (content, archive, facts, budget, depth);
        _names = new TableNames(options.Tables);
        _options = options with { Tables = null, Format = null };
        _toUnpack = facts.Where(f => f.WhyNot() is null).Sum(f => f.Unpacked);
    }

    public string Format => "ZIP";

    public IReadOnlyList<ReadDecision> Decisions => _decisions;

    public double Progress => _toUnpack == 0 ? 0 : Math.Min(1, (double)(Interlocked.Read(ref _unpacked) + (_bytes?.Count ?? 0)) / _toUnpack);

    /// <param name="content">Disposed with the result.</param>
    /// <param name="options">For the files inside.</param>
    /// <param name="budget">Of the archive it came out of; null when it was uploaded itself.</param>
    /// <param name="depth">How many archives deep its files are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It is damaged, made to do harm, or holds no table.</exception>
    public static async Task<ZipFile> OpenAsync(FileContent content, ReadOptions options, UnpackBudget? budget, int depth, CancellationToken cancellationToken)
    {
        var bytes = await content.OpenSeekableAsync(TableLimits.Spool, cancellationToken);
        var length = bytes.Length;
        var account = budget ?? new UnpackBudget(() => length);
        var facts = await ZipDirectory.ReadAsync(bytes, cancellationToken);
        account.Foresee(facts.Where(f => f.WhyNot() is null).Sum(f => f.Unpacked));
        bytes.Position = 0;
        var file = new ZipFile(content, await ArchiveAsync(bytes, cancellationToken), facts, options, account, depth);
        try
        {
            file._first = await file.MoveAsync(cancellationToken) ?? throw file.NoTable();
            return file;
        }
        catch
        {
            await file.CloseAsync();
            throw;
        }
    }

    public async ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken)
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        return await MoveAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _content.DisposeAsync();
    }

    private static async Task<ZipArchive> ArchiveAsync(Stream bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await ZipArchive.CreateAsync(bytes, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        }
        catch (InvalidDataException fault)
        {
            throw new UnreadableFileException("This archive is damaged: its table of contents cannot be read. Download or pack it again, and upload it again.", fault);
        }
    }

    private async ValueTask<ITable?> MoveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_inner is not null)
            {
                while (await _inner.NextTableAsync(cancellationToken) is { } table)
                {
                    if (_names.Take(_label, table.Name, _inner.Format == Format) is { } name)
                    {
                        return new ArchivedTable(table, name);
                    }
                }

                await EndInnerAsync();
            }

            if (_next == _facts.Count)
            {
                _next++;
                if (_leftOut > Told)
                {
                    _decisions.Add(new ReadDecision("leftOut", "more", 1, $"{_leftOut - Told:N0} more files were left out.") { IsNotable = true });
                }

                _decisions.AddRange(_names.NotMet.Select(n => new ReadDecision("tables", n, 1, "The reading option 'tables' names it, but nothing in the archive is called so.")));
            }

            if (_next > _facts.Count)
            {
                return null;
            }

            await OpenEntryAsync(_next++, cancellationToken);
        }
    }

    private async Task OpenEntryAsync(int number, CancellationToken cancellationToken)
    {
        var facts = _facts[number];
        _label = EntryName.Label(facts.Name);
        if (facts.IsFolder || !_names.Wants(_label))
        {
            return;
        }

        var isNamed = _names.IsNamed(_label);
        if (Reason(facts, isNamed) is { } reason)
        {
            LeaveOut(reason, isNotable: !EntryName.IsOfTheSystem(facts.Name));
            return;
        }

        try
        {
            var entry = _archive.Entries[number];
            var (length, sum) = (facts.Unpacked, entry.Crc32);
            _bytes = new UnpackedStream(await entry.OpenAsync(cancellationToken), _label, _budget, (l, s) => l == length && s == sum);
            var content = await FileContent.OpenAsync(_bytes, EntryName.File(_label), length, cancellationToken);
            _inner = await PackedFiles.OpenAsync(content, _options, _budget, _depth, isNamed, cancellationToken);
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is UnreadableFileException && !_budget.IsExhausted))
        {
            LeaveOut(fault is UnreadableFileException ? fault.Message : "It is damaged in the archive. Pack it again and upload the archive again.");
            await EndInnerAsync();
        }
    }

    private static string? Reason(ZipEntryFacts facts, bool isNamed)
    {
        if (isNamed)
        {
            return facts.WhyNot();
        }

        return EntryName.IsOfTheSystem(facts.Name) ? "It is a file of the operating system."
            : facts.WhyNot() ?? (EntryName.IsCompanion(EntryName.File(EntryName.Label(facts.Name))) ? "It is a text that comes beside the data." : null);
    }

    private void LeaveOut(string reason, bool isNotable = true)
    {
        if (++_leftOut <= Told)
        {
            _decisions.Add(new ReadDecision("leftOut", _label, 1, $"{_label} was left out. {reason}") { IsNotable = isNotable });
        }
    }

    private async Task EndInnerAsync()
    {
        if (_inner is not null)
        {
            _decisions.AddRange(_inner.Decisions.Select(d => d.Property == "leftOut" ? d with { Value = $"{_label}/{d.Value}", Evidence = $"{_label}: {d.Evidence}" } : d with { Evidence = $"{_label}: {d.Evidence}" }));
            await _inner.DisposeAsync();
            _inner = null;
        }

        if (_bytes is not null)
        {
            Interlocked.Add(ref _unpacked, _bytes.Count);
            await _bytes.DisposeAsync();
            _bytes = null;
        }
    }

    private async Task CloseAsync()
    {
        await EndInnerAsync();
        await _archive.DisposeAsync();
    }

    private UnreadableFileException NoTable()
    {
        var reasons = _decisions.Take(5).Select(d => d.Evidence);
        var told = _decisions.Count == 0 ? "It is empty." : string.Join(' ', reasons);
        return _names.Missing() ?? new UnreadableFileException($"No file in this archive holds a table that can be read. {told} Upload an archive with files such as CSV, XLSX or JSON.");
    }
}
