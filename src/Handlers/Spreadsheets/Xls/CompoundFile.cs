using System.Buffers.Binary;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>The container of old Office files: streams in chains of sectors, as a disk has them.</summary>
internal sealed class CompoundFile
{
    private const uint LastRegular = 0xFFFFFFFA;
    private const int HeaderLength = 512;
    private const int DirectoryEntry = 128;
    private const int SmallShift = 6;
    private const int HeaderTables = 109;

    private readonly Stream _file;
    private readonly int _shift;
    private readonly uint[] _next;

    private CompoundFile(Stream file, int shift, uint[] next)
    {
        _file = file;
        _shift = shift;
        _next = next;
    }

    private int SectorLength => 1 << _shift;

    /// <summary>Finds a stream.</summary>
    /// <param name="file">Seekable; not disposed here.</param>
    /// <param name="names">What it may be called, letters in either case; the first that is there.</param>
    /// <returns>Null when there is none of these names.</returns>
    /// <exception cref="UnreadableFileException">The container is damaged.</exception>
    public static Stream? Find(Stream file, params ReadOnlySpan<string> names)
    {
        var header = new byte[HeaderLength];
        file.Position = 0;
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            throw Damaged();
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (shift is < 7 or > 16)
        {
            throw Damaged();
        }

        try
        {
            return new CompoundFile(file, shift, ReadTable(file, header, shift)).Find(header, names);
        }
        catch (EndOfStreamException)
        {
            throw Damaged();
        }
    }

    private static uint[] ReadTable(Stream file, byte[] header, int shift)
    {
        var perSector = (1 << shift) / sizeof(uint);
        var sectors = (int)Math.Min(int.MaxValue, (file.Length >> shift) + 1);
        var tables = new List<uint>();
        for (var i = 0; i < HeaderTables; i++)
        {
            tables.Add(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76 + (i * sizeof(uint)))));
        }

        var sector = new byte[1 << shift];
        var more = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(68));
        for (var read = 0; more < LastRegular && read < sectors && ReadSector(file, more, shift, sector); read++)
        {
            for (var i = 0; i < perSector - 1; i++)
            {
                tables.Add(BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(i * sizeof(uint))));
            }

            more = BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan((perSector - 1) * sizeof(uint)));
        }

        var next = new uint[Math.Min(sectors, tables.Count * (long)perSector)];
        next.AsSpan().Fill(uint.MaxValue);
        for (var table = 0; table * perSector < next.Length; table++)
        {
            if (tables[table] < LastRegular && ReadSector(file, tables[table], shift, sector))
            {
                for (var i = 0; i < perSector && (table * perSector) + i < next.Length; i++)
                {
                    next[(table * perSector) + i] = BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(i * sizeof(uint)));
                }
            }
        }

        return next;
    }

    private static bool ReadSector(Stream file, uint sector, int shift, byte[] target)
    {
        var position = ((long)sector + 1) << shift;
        if (position >= file.Length)
        {
            return false;
        }

        file.Position = position;
        var read = file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        target.AsSpan(read).Clear();
        return true;
    }

    /// <summary>Looks at what stands directly in the container: a workbook embedded in this one has streams of the same names deeper down.</summary>
    private SectorStream? Find(byte[] header, ReadOnlySpan<string> names)
    {
        var directory = Open(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48)), long.MaxValue);
        var root = Entry(directory, 0) ?? throw Damaged();
        var seen = new HashSet<uint>();
        var open = new Stack<uint>([BinaryPrimitives.ReadUInt32LittleEndian(root.AsSpan(76))]);
        var found = new byte[]?[names.Length];
        while (open.TryPop(out var number))
        {
            if (!seen.Add(number) || Entry(directory, number) is not { } entry)
            {
                continue;
            }

            open.Push(BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(68)));
            open.Push(BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(72)));
            var nameLength = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(64)) - 2, 0, 62);
            var name = System.Text.Encoding.Unicode.GetString(entry, 0, nameLength);
            for (var i = 0; i < names.Length; i++)
            {
                if (entry[66] == 2 && name.Equals(names[i], StringComparison.OrdinalIgnoreCase))
                {
                    found[i] = entry;
                }
            }
        }

        return found.FirstOrDefault(e => e is not null) is { } stream ? Open(header, root, stream) : null;
    }

    private static byte[]? Entry(SectorStream directory, uint number)
    {
        if (number * (long)DirectoryEntry + DirectoryEntry > directory.Length)
        {
            return null;
        }

        var entry = new byte[DirectoryEntry];
        directory.Position = number * (long)DirectoryEntry;
        directory.ReadExactly(entry);
        return entry;
    }

    private SectorStream Open(byte[] header, byte[] root, byte[] entry)
    {
        var first = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(116));
        long length = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(120));
        if (length >= BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(56)))
        {
            return Open(first, length);
        }

        // A short stream stands in small sectors inside the stream of the root.
        var small = Open(BinaryPrimitives.ReadUInt32LittleEndian(root.AsSpan(116)), BinaryPrimitives.ReadUInt32LittleEndian(root.AsSpan(120)));
        var table = Open(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(60)), long.MaxValue);
        var bytes = new byte[table.Length];
        table.ReadExactly(bytes);
        var next = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < next.Length; i++)
        {
            next[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        }

        return new SectorStream(small, Chain(first, next), SmallShift, 0, length);
    }

    private SectorStream Open(uint first, long length)
    {
        var chain = Chain(first, _next);
        return new SectorStream(_file, chain, _shift, 1, Math.Min(length, chain.Count * (long)SectorLength));
    }

    private static List<uint> Chain(uint sector, uint[] next)
    {
        var chain = new List<uint>();
        while (sector < LastRegular)
        {
            if (sector >= next.Length || chain.Count > next.Length)
            {
                throw Damaged();
            }

            chain.Add(sector);
            sector = next[sector];
        }

        return chain;
    }

    private static UnreadableFileException Damaged() => new(
        "This workbook is damaged or cut off: the container of its parts cannot be read. Upload the file again; if that does not help, get it again from where it came from.");
}
