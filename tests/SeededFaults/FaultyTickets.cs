using System.Reflection;
using Flatfile.Agent.Core.Jobs;

namespace SeededFaults;

/// <summary>The tickets, with one promise broken.</summary>
internal class FaultyTickets : DispatchProxy
{
    private ITicketStore _inner = null!;
    private Func<MethodInfo, object?[], object?> _answer = null!;

    /// <summary>A run keeps its ticket, whoever else has it by now.</summary>
    public static ITicketStore AlwaysRenews(ITicketStore inner) => Make(inner, (method, arguments) => method.Name switch
    {
        nameof(ITicketStore.RenewAsync) => Task.FromResult(true),
        "RenewNow" => ((IReadOnlyCollection<(string Id, long Lease)>)arguments[0]!).Select(r => r.Id).ToHashSet(),
        _ => null,
    });

    /// <summary>A ticket whose agent died stays with it.</summary>
    public static ITicketStore NeverRecovers(ITicketStore inner) => Make(inner, (method, _) => method.Name switch
    {
        nameof(ITicketStore.RecoverAsync) => Task.FromResult(0),
        _ => null,
    });

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        try
        {
            return _answer(targetMethod!, args ?? []) ?? targetMethod!.Invoke(_inner, args);
        }
        catch (TargetInvocationException fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault.InnerException!);
            throw;
        }
    }

    private static ITicketStore Make(ITicketStore inner, Func<MethodInfo, object?[], object?> answer)
    {
        var proxy = Create<ITicketStore, FaultyTickets>();
        ((FaultyTickets)(object)proxy)._inner = inner;
        ((FaultyTickets)(object)proxy)._answer = answer;
        return proxy;
    }
}
