using System.Text.Json.Nodes;

namespace Flow.Tests.Durability;

/// <summary>One writer: one call after the other, remembering what was acknowledged. A call cut off by a kill is repeated at the next start.</summary>
internal abstract class Lane(Random random)
{
    private (Call Call, Action<JsonNode> Acknowledged)? _inFlight;

    /// <summary>Acknowledged calls.</summary>
    public int Done { get; private set; }

    /// <summary>Calls cut off.</summary>
    public int CutOff { get; private set; }

    protected Random Random { get; } = random;

    /// <summary>Writes until the server dies.</summary>
    public async Task RunAsync(LoadClient client)
    {
        while (Next() is { } step)
        {
            _inFlight = step;
            if (await client.TryAsync(step.Call) is not { } answer)
            {
                CutOff++;
                return;
            }

            Acknowledge(answer);
        }
    }

    /// <summary>Repeats what was cut off.</summary>
    public async Task SettleAsync(LoadClient client)
    {
        if (_inFlight is { } step)
        {
            Acknowledge(await client.TryAsync(step.Call) ?? throw new Xunit.Sdk.XunitException($"{step.Call.Method} {step.Call.Path} was not answered though nobody kills the server"));
        }
    }

    /// <summary>Compares what was acknowledged with what is there.</summary>
    public abstract Task CheckAsync(LoadClient client);

    /// <summary>The next call and what to remember once it is acknowledged; null to rest.</summary>
    protected abstract (Call Call, Action<JsonNode> Acknowledged)? Next();

    private void Acknowledge(JsonNode answer)
    {
        var step = _inFlight!.Value;
        _inFlight = null;
        step.Acknowledged(answer);
        Done++;
    }
}
