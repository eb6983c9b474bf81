namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Numbers that binary workbooks store in four bytes.</summary>
internal static class PackedNumber
{
    /// <summary>Unpacks a number: the upper 30 bits of a double or a whole number of 30 bits, either of which may stand for its hundredth.</summary>
    public static double Unpack(uint packed)
    {
        var value = (packed & 2) != 0 ? (int)packed >> 2 : BitConverter.UInt64BitsToDouble((ulong)(packed & ~3u) << 32);
        return (packed & 1) != 0 ? value / 100 : value;
    }
}
