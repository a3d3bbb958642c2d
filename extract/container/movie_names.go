package container

import "strings"

// userTexts names the codes of udta that hold text as ExifTool does, one code
// and its name in each word. A © stands for the byte 0xA9.
const userTexts = `
©ART=Artist ©alb=Album ©arg=Arranger ©cmt=Comment ©com=Composer ©cpy=Copyright ©day=ContentCreateDate ©des=Description ©dir=Director
©ed1=Edit1 ©ed2=Edit2 ©ed3=Edit3 ©enc=EncoderID ©fmt=Format ©fpt=Pitch ©frl=Roll ©fyw=Yaw ©gen=Genre ©gpt=CameraPitch ©grl=CameraRoll
©grp=Grouping ©gyw=CameraYaw ©inf=Information ©isr=ISRCCode ©lab=RecordLabelName ©lyr=Lyrics ©mak=Make ©mal=MakerURL ©mdl=Model ©mod=Model
©nam=Title ©phg=RecordingCopyright ©prd=Producer ©prf=Performers ©req=Requirements ©snm=Subtitle ©src=SourceCredits ©swf=SongWriter
©swr=SoftwareVersion ©too=Encoder ©trk=Track ©wrt=Composer ©xyz=GPSCoordinates ©xsp=SpeedX ©ysp=SpeedY ©zsp=SpeedZ
©TIM=StartTimecode ©TSC=StartTimeScale ©TSZ=StartTimeSampleSize
@day=ContentCreateDate @mak=Make @mod=Model @swr=SoftwareVersion @xyz=GPSCoordinates
titl=Title dscp=Description auth=Author perf=Performer gnre=Genre cprt=Copyright albm=Album kywd=Keywords clsf=Classification
date=DateTimeOriginal manu=Make modl=Model CNMN=Model cmnm=Model FIRM=FirmwareVersion CNFV=FirmwareVersion CNCV=CompressorVersion
name=Name slno=SerialNumber SNum=SerialNumber LENS=LensSerialNumber clfn=ClipFileName clid=ClipID cmid=CameraID reel=ReelName scen=Scene shot=ShotName
SDLN=PlayMode vndr=Vendor infu=InfoURL angl=CameraAngle`

// itemTexts names iTunes' codes in the same way.
const itemTexts = `
©nam=Title ©ART=Artist ©alb=Album ©cmt=Comment ©day=ContentCreateDate ©des=Description desc=Description ©too=Encoder ©enc=EncodedBy ©gen=Genre
©mak=Make ©mod=Model ©swr=SoftwareVersion ©wrt=Composer ©com=Composer ©con=Conductor ©dir=Director ©xyz=GPSCoordinates ©cpy=Copyright cprt=Copyright
©lyr=Lyrics ©grp=Grouping ©trk=Track ©pub=Publisher ©prd=Producer ©aut=Author ©nrt=Narrator ©ope=OriginalArtist ©st3=Subtitle ©wrk=Work
aART=AlbumArtist albm=Album auth=Author catg=Category dscp=Description gnre=Genre keyw=Keyword ldes=LongDescription perf=Performer purd=PurchaseDate
purl=PodcastURL rldt=ReleaseDate sdes=StoreDescription titl=Title tven=TVEpisodeID tvnn=TVNetworkName tvsh=TVShow sonm=SortName soar=SortArtist
soal=SortAlbum soaa=SortAlbumArtist soco=SortComposer sosn=SortShow apID=AppleStoreAccount cpil=Compilation hdvd=HDVideo pgap=PlayGap pcst=Podcast
rtng=Rating stik=MediaType tmpo=BeatsPerMinute tves=TVEpisode tvsn=TVSeason rate=RatingPercent covr=CoverArt trkn=TrackNumber disk=DiskNumber
gshh=GoogleHostHeader gspm=GooglePingMessage gspu=GooglePingURL gssd=GoogleSourceData gsst=GoogleStartTime gstd=GoogleTrackDuration VERS=ProductVersion`

// nameIn looks a code up in one of the tables.
func nameIn(table, kind string) string {
	if kind != "" && kind[0] == 0xa9 {
		kind = "©" + kind[1:]
	}
	for word := range strings.FieldsSeq(table) {
		if name, ok := strings.CutPrefix(word, kind+"="); ok {
			return name
		}
	}
	return ""
}

// keyTagNames are the keys whose ExifTool name is not made of their own words.
var keyTagNames = map[string]string{
	"location.ISO6709":                      "GPSCoordinates",
	"creationdate":                          "CreationDate",
	"android.capture.fps":                   "AndroidCaptureFPS",
	"apple.photos.captureMode":              "CaptureMode",
	"displayname":                           "DisplayName",
	"direction.facing":                      "CameraDirection",
	"direction.motion":                      "CameraMotion",
	"rating.user":                           "UserRating",
	"collection.user":                       "UserCollection",
	"camera.framereadouttimeinmicroseconds": "FrameReadoutTime",
	"camera.lens_model":                     "LensModel",
	"camera.focal_length.35mm_equivalent":   "FocalLengthIn35mmFormat",
	"detected-face":                         "FaceInfo",
	"player.movie.audio.gain":               "AudioGain",
	"player.movie.audio.mute":               "Mute",
}
