using System.IO.Compression;
using System.Text;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Where sheets that are files of their own go: into one file, or into an archive with one entry each.</summary>
internal sealed class ExportFiles(Stream target, bool zip, DateTimeOffset time) : IDisposable
{
    private const int LongestName = 100;

    private readonly ZipArchive? _archive = zip ? new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true) : null;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private Stream? _entry;

    /// <summary>The stream of the next sheet; the one before must be closed.</summary>
    public Stream Open(string name, string extension)
    {
        if (_archive is null)
        {
            return target;
        }

        var entry = _archive.CreateEntry(Unique(Legal(name), extension), CompressionLevel.Fastest);
        entry.LastWriteTime = time;
        return _entry = entry.Open();
    }

    /// <summary>Ends the sheet.</summary>
    public void Close()
    {
        _entry?.Dispose();
        _entry = null;
    }

    /// <summary>Ends the file.</summary>
    public void Finish() => _archive?.Dispose();

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        Finish();
    }

    /// <summary>A name that is a file's name on every system, whatever the sheet is called.</summary>
    internal static string Legal(string name)
    {
        var legal = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            legal.Append(char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c);
        }

        var text = legal.ToString().Trim(' ', '.');
        if (text.Length > LongestName)
        {
            text = text[..(char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName)];
        }

        // A name that begins with a sign of a formula or an option is one in the hands of other programs.
        return text.Length == 0 ? "Sheet" : FormulaGuard.Needs(text) ? "_" + text : text;
    }

    private string Unique(string name, string extension)
    {
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? $"{name}.{extension}" : $"{name} ({number}).{extension}";
            if (_names.Add(candidate))
            {
                return candidate;
            }
        }
    }
}
