// The words of the page in one language, as one file of the build.
export default Object.assign({}, ...Object.values(import.meta.glob("../../../../locale/messages/ar/page/*.json", { eager: true, import: "default" })));
