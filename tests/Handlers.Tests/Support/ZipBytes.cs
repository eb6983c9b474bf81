using System.Buffers.Binary;
using System.Text;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Makes the headers of a ZIP lie.</summary>
internal static class ZipBytes
{
    /// <summary>Sets a bit of the flags in both headers of an entry.</summary>
    public static void SetFlag(byte[] zip, string name, int bit)
    {
        zip[Listed(zip, name) + 8] |= (byte)bit;
        zip[Local(zip, name) + 6] |= (byte)bit;
    }

    /// <summary>Sets the size an entry says it unpacks to, in the table of contents.</summary>
    public static void SetUnpacked(byte[] zip, string name, uint size) => BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(Listed(zip, name) + 24), size);

    /// <summary>Sets the Unix mode of an entry.</summary>
    public static void SetMode(byte[] zip, string name, uint mode) => BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(Listed(zip, name) + 38), mode << 16);

    /// <summary>Sets how an entry says it is packed.</summary>
    public static void SetMethod(byte[] zip, string name, ushort method) => BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(Listed(zip, name) + 10), method);

    /// <summary>Lists the only entry of an archive many times.</summary>
    public static byte[] Repeat(byte[] zip, int times)
    {
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16));
        var record = zip.AsSpan(directory, end - directory).ToArray();
        var repeated = new MemoryStream();
        repeated.Write(zip.AsSpan(0, directory));
        for (var i = 0; i < times; i++)
        {
            repeated.Write(record);
        }

        var tail = zip.AsSpan(end).ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(8), (ushort)times);
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(10), (ushort)times);
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(12), (uint)(record.Length * times));
        repeated.Write(tail);
        return repeated.ToArray();
    }

    private static int Listed(byte[] zip, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        for (var at = zip.AsSpan().LastIndexOf(text); at >= 0; at = zip.AsSpan(0, at).LastIndexOf(text))
        {
            if (at >= 46 && zip.AsSpan(at - 46).StartsWith("PK\u0001\u0002"u8))
            {
                return at - 46;
            }
        }

        throw new ArgumentException($"{name} is not listed.", nameof(name));
    }

    private static int Local(byte[] zip, string name) => (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(Listed(zip, name) + 42));
}
