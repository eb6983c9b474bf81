using System.Text;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Puts a mark where bytes cannot be decoded, so that the row they stand in can be refused by number.</summary>
/// <remarks>The mark is a noncharacter; it only counts as one after <see cref="Seen"/>, because a file may hold it legally.</remarks>
internal sealed class MarkingFallback : DecoderFallback
{
    public const char Mark = '\uFFFE';

    /// <summary>True once any byte could not be decoded.</summary>
    public bool Seen { get; private set; }

    public override int MaxCharCount => 1;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new MarkBuffer(this);

    private sealed class MarkBuffer(MarkingFallback owner) : DecoderFallbackBuffer
    {
        private bool _pending;

        public override int Remaining => _pending ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Seen = true;
            _pending = true;
            return true;
        }

        public override char GetNextChar()
        {
            if (!_pending)
            {
                return '\0';
            }

            _pending = false;
            return Mark;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => _pending = false;
    }
}
