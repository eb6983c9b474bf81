using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>A space.</summary>
internal sealed class SpacePlace(ApiCall call, SpaceFolder space) : Place
{
    /// <inheritdoc />
    public override Task<T> ReadAsync<T>(Func<Stock, T> read) => call.ReadAsync(space, look => read(new SpaceStock(look)));

    /// <inheritdoc />
    public override Task<Answer> WriteAsync(Func<Stock, Answer> write) => call.WriteAsync(space, change => write(new SpaceStock(change)));
}
