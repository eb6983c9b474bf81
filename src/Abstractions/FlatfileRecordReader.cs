using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Flatfile.Agent;

/// <summary>Reads the rows of an answer <c>{"data": {"records": […]}}</c> as they come: beside the rows handed out, one buffer is in memory.</summary>
public static class FlatfileRecordReader
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>The rows, in their order. An answer that ends before its end is an error, never fewer rows.</summary>
    /// <param name="answer">The answer's body; it is not closed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JsonException">The answer is no JSON, or is cut off.</exception>
    public static async IAsyncEnumerable<FlatfileRecord> ReadAsync(Stream answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (buffer, filled, isFinal) = (new byte[FirstBuffer], 0, false);
        var (cut, rows) = (new RecordCutter(), new List<FlatfileRecord>());
        while (!isFinal)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await answer.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            (filled, isFinal) = (filled + read, read == 0);
            var used = cut.Cut(buffer.AsSpan(0, filled), isFinal, rows);
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
            foreach (var row in rows)
            {
                yield return row;
            }

            rows.Clear();
        }
    }

    /// <summary>Finds whole rows in what has come so far.</summary>
    private sealed class RecordCutter
    {
        private readonly RecordFields _fields = new();
        private JsonReaderState _state;
        private bool _isInRows;

        /// <returns>The bytes that are done with.</returns>
        public int Cut(ReadOnlySpan<byte> json, bool isFinal, List<FlatfileRecord> rows)
        {
            var reader = new Utf8JsonReader(json, isFinal, _state);
            while (true)
            {
                var before = reader;
                if (!reader.Read() || (_isInRows && reader.TokenType == JsonTokenType.StartObject && !reader.TrySkip()))
                {
                    reader = before;
                    break;
                }

                if (_isInRows && reader.TokenType == JsonTokenType.EndObject)
                {
                    rows.Add(FlatfileRecord.FromJson(json[(int)StartOf(before)..(int)reader.BytesConsumed].ToArray(), _fields));
                }
                else if (_isInRows)
                {
                    _isInRows = false;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2 && reader.ValueTextEquals("records"u8))
                {
                    // The next token begins the rows, or there are none.
                    if (!reader.Read())
                    {
                        reader = before;
                        break;
                    }

                    _isInRows = reader.TokenType == JsonTokenType.StartArray;
                }
            }

            _state = reader.CurrentState;
            return (int)reader.BytesConsumed;
        }

        /// <summary>Where the row begins that was skipped to its end.</summary>
        private static long StartOf(Utf8JsonReader before)
        {
            before.Read();
            return before.TokenStartIndex;
        }
    }
}
