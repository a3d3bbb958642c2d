// The words of the page in one language, as one file of the build.
export default Object.assign({}, ...Object.values(import.meta.glob("../../../../locale/messages/en/page/*.json", { eager: true, import: "default" })));
