using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Flatfile.Agent.Host.Handles;

/// <summary>Tells a connection without a place so, in the words of the API, and closes it.</summary>
internal sealed class BusyAnswer(ConnectionPlaces places, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly byte[] Answer = Written("""{"errors":[{"message":"All connections this server can hold are taken. Try again in a moment."}]}""");

    /// <summary>Before anything else of a connection.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) =>
        connection => connection.Features.Get<NotServed>() is null ? next(connection) : RefuseAsync(connection);

    private async Task RefuseAsync(ConnectionContext connection)
    {
        places.Refused();
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            // Closing before the request is read, or before the answer is, would show the caller a broken line instead of the reason.
            if (await ReadAsync(connection, limit.Token))
            {
                await connection.Transport.Output.WriteAsync(Answer, limit.Token);
                while (await ReadAsync(connection, limit.Token))
                {
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Whoever asks nothing, or does not hear the answer in time, is not waited for: others are.
        }
    }

    /// <summary>False when the caller has closed its side.</summary>
    private static async Task<bool> ReadAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var read = await connection.Transport.Input.ReadAsync(cancellationToken);
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        return !read.IsCompleted;
    }

    private static byte[] Written(string body) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nRetry-After: 2\r\nConnection: close\r\n\r\n{body}");
}
