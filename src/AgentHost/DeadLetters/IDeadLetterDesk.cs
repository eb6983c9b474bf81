namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>Where an operator sees and treats dead letters: in this process, or through the endpoint of a running agent.</summary>
internal interface IDeadLetterDesk
{
    /// <summary>For people.</summary>
    string Place { get; }

    Task<LetterPage> ListAsync(LetterQuery query, int limit, long? before, CancellationToken cancellationToken);

    /// <exception cref="Operating.OperatorFault">There is none of this number.</exception>
    Task<LetterDetail> ShowAsync(long id, CancellationToken cancellationToken);

    Task<ReplayAnswer> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken);

    Task<DropAnswer> DropAsync(DropOrder order, CancellationToken cancellationToken);

    Task<BusPage> PeekBusAsync(int limit, CancellationToken cancellationToken);

    Task<BusAnswer> ResubmitAsync(BusOrder order, CancellationToken cancellationToken);
}
