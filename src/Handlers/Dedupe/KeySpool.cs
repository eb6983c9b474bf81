using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>The keys of a sheet on disk, in as many parts as it takes to have the keys of one part in memory. Rows of one key are in one part.</summary>
internal sealed class KeySpool : IDisposable
{
    private const int RowsOfAPart = 50_000;
    private const int MostParts = 128;

    private readonly FileStream[] _files;
    private readonly BinaryWriter[] _writers;

    /// <param name="rows">About how many rows will come.</param>
    public KeySpool(long rows)
    {
        _files = new FileStream[Math.Clamp((rows / RowsOfAPart) + 1, 1, MostParts)];
        for (var i = 0; i < _files.Length; i++)
        {
            _files[i] = SpoolFile.Create();
        }

        _writers = [.. _files.Select(file => new BinaryWriter(file))];
    }

    public int Parts => _files.Length;

    public void Add(KeyedRow row)
    {
        // The part follows from the text alone: the same in each run and process.
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(row.Key)));
        var writer = _writers[hash % (uint)_writers.Length];
        writer.Write(row.Key);
        writer.Write(row.Number);
        writer.Write(row.Id);
    }

    /// <summary>The rows of one part, in the order they were added. May be read more than once.</summary>
    public IEnumerable<KeyedRow> Read(int part)
    {
        _writers[part].Flush();
        var file = _files[part];
        file.Position = 0;
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        while (file.Position < file.Length)
        {
            yield return new KeyedRow(reader.ReadString(), reader.ReadInt64(), reader.ReadString());
        }
    }

    public void Dispose()
    {
        foreach (var writer in _writers)
        {
            writer.Dispose();
        }
    }
}
