using System.Globalization;
using Flatfile.Agent;
using Flatfile.Api;

namespace Fatal;

/// <summary>Writes down each new space by name, with the process it was told in.</summary>
[On("space:created")]
[Handler("witness")]
public sealed class Witness(FlatfileClient flatfile) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var space = await flatfile.Spaces.GetAsync(context.Event.Context.SpaceId!, cancellationToken);
        var file = Path.Combine(Environment.GetEnvironmentVariable("WITNESS_FOLDER")!, space.Name);
        await File.AppendAllTextAsync(file, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n", cancellationToken);
    }
}
