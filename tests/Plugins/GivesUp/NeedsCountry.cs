using Flatfile.Agent;

namespace GivesUp;

/// <summary>Gives a new space up at once, unless its event names a country or the file <c>mended</c> of the current folder is there.</summary>
[On("space:created")]
public sealed class NeedsCountry : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var country = context.Event.PayloadText("country");
        if (country is null && !File.Exists("mended"))
        {
            throw new NotSupportedException("The event names no country.");
        }

        await File.AppendAllTextAsync("countries.txt", $"{context.Event.Context.SpaceId} {country ?? "none"}\n", cancellationToken);
    }
}
