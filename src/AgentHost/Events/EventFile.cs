using System.Text.Json;
using Flatfile.Agent.Host.Faults;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Events;

/// <summary>A file of events, one line of JSON each.</summary>
internal sealed class EventFile : IAsyncDisposable
{
    private readonly FileStream _file;

    private EventFile(FileStream file) => _file = file;

    /// <summary>A new file, for its owner only.</summary>
    public static EventFile Create(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new EventFile(new FileStream(path, options));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{path} cannot be made.", fault.Message, "Name a new file that this user may write.", inner: fault);
        }
    }

    public async Task AddAsync(Event @event, CancellationToken cancellationToken)
    {
        await _file.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(@event, FlatfileJson.Default.Event), (byte)'\n'], cancellationToken);
        await _file.FlushAsync(cancellationToken);
    }

    /// <summary>The events of a file as they stand in it.</summary>
    public static async Task<IReadOnlyList<(ReadOnlyMemory<byte> Body, FlatfileEvent Event)>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var events = new List<(ReadOnlyMemory<byte>, FlatfileEvent)>();
        var number = 0;
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                number++;
                if (line.Length > 0)
                {
                    var body = System.Text.Encoding.UTF8.GetBytes(line);
                    events.Add((body, FlatfileEvent.Parse(body)));
                }
            }
        }
        catch (UnreadableEventException fault)
        {
            throw new UserFault($"{path}, line {number}, is not an event.", fault.Message, "Give a file that ./agent events tail --save wrote: one event on each line.", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{path} cannot be read.", fault.Message, "Check the name.", inner: fault);
        }

        return events;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
