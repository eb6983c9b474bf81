using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>One connection that sends prepared requests one at a time and reads each answer to its end: as little of a client as there can be, because it works on the server's own cores.</summary>
internal sealed class BareClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[256 * 1024];
    private readonly string _head;

    public BareClient(Uri address, string key)
    {
        _socket.Connect(address.Host, address.Port);
        _head = $"Host: {address.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n";
    }

    /// <summary>Sends a request and reads the answer to its end.</summary>
    public async Task<long> SendAsync(string method, string path, ReadOnlyMemory<byte> body, string? prefer = null)
    {
        var head = Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\n{_head}{(prefer is null ? "" : $"Prefer: {prefer}\r\n")}Content-Length: {body.Length}\r\n\r\n");
        await _socket.SendAsync(head);
        for (var sent = 0; sent < body.Length;)
        {
            sent += await _socket.SendAsync(body[sent..]);
        }

        return await AnswerAsync($"{method} {path}");
    }

    public void Dispose() => _socket.Dispose();

    private async Task<long> AnswerAsync(string request)
    {
        var filled = 0;
        int end;
        while ((end = _answer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await ReadAsync(filled);
        }

        var head = Encoding.ASCII.GetString(_answer, 0, end + 2);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{request} answered {head}");
        }

        var total = (long)filled - end - 4;
        if (head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) is var at && at >= 0)
        {
            var length = long.Parse(head.AsSpan(at + 16, head.IndexOf('\r', at) - at - 16), CultureInfo.InvariantCulture);
            while (total < length)
            {
                total += await ReadAsync(0);
            }

            return total;
        }

        // The last chunk. JSON has no bare line ends, so this stands nowhere else.
        while (!_answer.AsSpan(0, filled).EndsWith("\r\n0\r\n\r\n"u8))
        {
            var tail = Math.Min(filled, 8);
            _answer.AsSpan(filled - tail, tail).CopyTo(_answer);
            var read = await ReadAsync(tail);
            filled = tail + read;
            total += read;
        }

        return total;
    }

    private async Task<int> ReadAsync(int from)
    {
        var read = await _socket.ReceiveAsync(_answer.AsMemory(from));
        return read > 0 ? read : throw new IOException("The server closed the connection before the answer was whole.");
    }
}
