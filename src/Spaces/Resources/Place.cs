using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>Where the resources of a call are kept, as far as its caller may see them.</summary>
internal abstract class Place
{
    /// <summary>Looks at one snapshot.</summary>
    public abstract Task<T> ReadAsync<T>(Func<Stock, T> read);

    /// <summary>Changes something: committed together with its events, or not at all.</summary>
    public abstract Task<Answer> WriteAsync(Func<Stock, Answer> write);
}
