using System.Buffers;

namespace Flatfile.Spaces.Http;

/// <summary>The memory one request's body is read into. Given back with the request, so that large bodies in a row do not each make the collector walk everything.</summary>
internal sealed class BodyBuffer : IDisposable
{
    /// <summary>Larger ones are rare, and not worth keeping.</summary>
    private const int LargestKept = 8 * 1024 * 1024;

    /// <summary>One of each size is kept: what few writers in a row need. The shared pool would keep one for every thread that ever read a body.</summary>
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestKept, maxArraysPerBucket: 1);

    private byte[] _bytes;

    public BodyBuffer(int size) => _bytes = Take(size);

    public Memory<byte> Memory => _bytes;

    /// <summary>Makes room; what is filled stays.</summary>
    public void Grow(int size)
    {
        var larger = Take(size);
        _bytes.CopyTo(larger, 0);
        Dispose();
        _bytes = larger;
    }

    /// <summary>After this nobody may look at the bytes any more.</summary>
    public void Dispose()
    {
        if (_bytes.Length is > 0 and <= LargestKept)
        {
            Pool.Return(_bytes);
        }

        _bytes = [];
    }

    private static byte[] Take(int size) => size <= LargestKept ? Pool.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
}
