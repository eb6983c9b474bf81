namespace Flatfile.Api;

/// <summary>What an answer is wrapped in.</summary>
internal sealed record Envelope<T>
{
    public T? Data { get; init; }

    public Pagination? Pagination { get; init; }
}
