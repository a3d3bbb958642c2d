package container

import "strings"

// formatTable has a line for each format: name, media type, kind, ffmpeg
// demuxer, usual extensions. Media types are those of ExifTool where it has
// one. The TIFF line takes the extensions of RAW formats that differ from
// TIFF by maker only, and the formats of the MP4 family take each other's:
// phones and platforms name them freely, which says nothing of a file.
const formatTable = `
jpeg     | image/jpeg               | image    |          | jpg jpeg jpe jfif jif mpo thm
png      | image/png                | image    |          | png apng
gif      | image/gif                | image    | gif      | gif
webp     | image/webp               | image    |          | webp
tiff     | image/tiff               | image    |          | tif tiff dng nef nrw cr2 arw sr2 srf pef srw 3fr iiq erf mef mos kdc dcr raw rwl gpr
cr2      | image/x-canon-cr2        | image    |          | cr2
cr3      | image/x-canon-cr3        | image    |          | cr3
crw      | image/x-canon-crw        | image    |          | crw
nef      | image/x-nikon-nef        | image    |          | nef nrw
arw      | image/x-sony-arw         | image    |          | arw sr2 srf
dng      | image/x-adobe-dng        | image    |          | dng gpr
pef      | image/x-pentax-pef       | image    |          | pef
orf      | image/x-olympus-orf      | image    |          | orf ori
rw2      | image/x-panasonic-rw2    | image    |          | rw2 raw rwl
raf      | image/x-fujifilm-raf     | image    |          | raf
mrw      | image/x-minolta-mrw      | image    |          | mrw mrm
x3f      | image/x-sigma-x3f        | image    |          | x3f
heic     | image/heic               | image    |          | heic heif hif heics
heif     | image/heif               | image    |          | heif heic hif avif
avif     | image/avif               | image    |          | avif avifs heif
bmp      | image/bmp                | image    |          | bmp dib
ico      | image/x-icon             | image    |          | ico cur
psd      | image/vnd.adobe.photoshop | image   |          | psd psb
jxl      | image/jxl                | image    |          | jxl
jp2      | image/jp2                | image    |          | jp2 jpx jpf j2k
svg      | image/svg+xml            | image    |          | svg
mp4      | video/mp4                | video    | mov      | mp4 m4v mp4v mov qt 3gp 3g2 f4v insv lrv m4s
mov      | video/quicktime          | video    | mov      | mov qt mp4 m4v 3gp
m4v      | video/x-m4v              | video    | mov      | m4v mp4 mov
3gp      | video/3gpp               | video    | mov      | 3gp 3gpp 3g2 3gp2 mp4 mov
m4a      | audio/mp4                | audio    | mov      | m4a m4b m4r m4p mp4 3gp aac
matroska | video/x-matroska         | video    | matroska | mkv mk3d mks
webm     | video/webm               | video    | matroska | webm
mka      | audio/x-matroska         | audio    | matroska | mka mkv
weba     | audio/webm               | audio    | matroska | weba webm
avi      | video/x-msvideo          | video    | avi      | avi divx
flv      | video/x-flv              | video    | flv      | flv f4v
mpegts   | video/m2ts               | video    | mpegts   | ts mts m2ts m2t tod
mpegps   | video/mpeg               | video    | mpeg     | mpg mpeg vob mod m2p
mpegvideo | video/mpeg              | video    | mpegvideo | mpg mpeg m1v m2v mpv
asf      | video/x-ms-wmv           | video    | asf      | wmv asf wma
ogv      | video/ogg                | video    | ogg      | ogv ogg ogm
ogg      | audio/ogg                | audio    | ogg      | ogg oga opus spx
mp3      | audio/mpeg               | audio    | mp3      | mp3 mp2 mpga
wav      | audio/x-wav              | audio    | wav      | wav wave
flac     | audio/flac               | audio    | flac     | flac
amr      | audio/amr                | audio    | amr      | amr awb 3ga
aac      | audio/aac                | audio    | aac      | aac m4a
aiff     | audio/x-aiff             | audio    | aiff     | aif aiff aifc
midi     | audio/midi               | audio    |          | mid midi
pdf      | application/pdf          | document |          | pdf ai
html     | text/html                | document |          | html htm xhtml
xml      | application/xml          | document |          | xml xmp kml gpx rss opf plist
xmp      | application/rdf+xml      | document |          | xmp xml
json     | application/json         | document |          | json jsonl ndjson geojson
text     | text/plain               | document |          | txt text csv tsv md log srt vtt description ini yaml yml url
rtf      | text/rtf                 | document |          | rtf doc
ooxml    | application/vnd.openxmlformats-officedocument | document | | docx xlsx pptx
odf      | application/vnd.oasis.opendocument | document |  | odt ods odp odg
epub     | application/epub+zip     | document |          | epub
ole      | application/x-ole-storage | document |         | doc xls ppt msg
ps       | application/postscript   | document |          | ps eps ai
zip      | application/zip          | other    |          | zip kmz apk jar cbz wacz
gzip     | application/gzip         | other    |          | gz tgz svgz
bzip2    | application/x-bzip2      | other    |          | bz2
xz       | application/x-xz         | other    |          | xz
7z       | application/x-7z-compressed | other |          | 7z
rar      | application/vnd.rar      | other    |          | rar
tar      | application/x-tar        | other    |          | tar
sqlite   | application/vnd.sqlite3  | other    |          | sqlite db sqlite3
exe      | application/x-dosexec    | other    |          | exe dll sys com scr
elf      | application/x-executable | other    |          | so o elf
tgs      | application/x-tgsticker  | other    |          | tgs
`

// typeOf looks a format up in formatTable. An unknown name gives the type of
// a file that nothing is known of.
func typeOf(format string) Type {
	for line := range strings.Lines(formatTable) {
		name, rest, _ := strings.Cut(line, "|")
		if format == "" || strings.TrimSpace(name) != format {
			continue
		}
		column := strings.SplitN(rest, "|", 4)
		return Type{
			Format:    format,
			MediaType: strings.TrimSpace(column[0]),
			Kind:      strings.TrimSpace(column[1]),
			Demuxer:   strings.TrimSpace(column[2]),
			Ext:       strings.Fields(column[3]),
		}
	}
	return Type{MediaType: "application/octet-stream", Kind: "other"}
}
