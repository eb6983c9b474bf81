using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Benchmarks;

/// <summary>The rows both sides write: made once, as values for the raw side and as the bodies of requests.</summary>
internal sealed class BenchRows
{
    public const int PageSize = 5_000;

    /// <summary>Sixteen texts and four numbers.</summary>
    public const int Fields = 20;

    private const int Pages = 4;

    private readonly byte[][][] _values;

    public BenchRows()
    {
        var random = new Random(20);
        _values = [.. Enumerable.Range(0, Pages * PageSize).Select(row => Enumerable.Range(0, Fields).Select(field => Encoding.UTF8.GetBytes(
            IsNumber(field)
                ? random.Next(1_000_000).ToString(CultureInfo.InvariantCulture)
                : $"value {random.Next(1_000_000_000)} of {row}")).ToArray())];
        Bodies = [.. Enumerable.Range(0, Pages).Select(Body)];
    }

    /// <summary>Pages as JSON; sent round and round.</summary>
    public IReadOnlyList<byte[]> Bodies { get; }

    public static bool IsNumber(int field) => field % 5 == 4;

    public byte[][] Row(int page, int row) => _values[((page % Pages) * PageSize) + row];

    private byte[] Body(int page)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        for (var row = 0; row < PageSize; row++)
        {
            writer.WriteStartObject();
            var values = Row(page, row);
            for (var field = 0; field < values.Length; field++)
            {
                writer.WriteStartObject($"f{field}");
                writer.WritePropertyName("value");
                if (IsNumber(field))
                {
                    writer.WriteRawValue(values[field]);
                }
                else
                {
                    writer.WriteStringValue(values[field]);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
