namespace Flatfile.Spaces.Http;

/// <summary>The calls of one resource.</summary>
internal interface IEndpoints
{
    /// <summary>Names every call and who answers it.</summary>
    void Map(ApiRoutes routes);
}
